from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Query, Request

from src.schemas import Schema, Text


class NewNote(Schema):
    text: Text


class Note(Schema):
    id: int
    text: str
    created_at: datetime


class Found(Note):
    # 0 for the same text, 1 for one that has nothing in common with it.
    distance: float


class FoundNotes(Schema):
    notes: Sequence[Found]


class NoteStore(Protocol):
    async def add(self, text: str) -> Note: ...

    async def search(self, text: str, limit: int) -> Sequence[Found]:
        """The nearest first."""


def store(request: Request) -> NoteStore:
    return request.app.state.backends.notes


Notes = Annotated[NoteStore, Depends(store)]
router = APIRouter(prefix="/api/notes")


@router.post("", status_code=201)
async def add_note(new: NewNote, notes: Notes) -> Note:
    return await notes.add(new.text)


@router.get("/search")
async def search_notes(q: Annotated[Text, Query()], notes: Notes, limit: Annotated[int, Query(ge=1, le=50)] = 5) -> FoundNotes:
    return FoundNotes(notes=await notes.search(q, limit))
