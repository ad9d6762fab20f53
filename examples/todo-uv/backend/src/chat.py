from fastapi import APIRouter, HTTPException, Request

from src.assistant import AssistantError, NoKeyError
from src.backends import Backends
from src.schemas import Schema, Text
from src.tokens import Owner


class Question(Schema):
    message: Text


class Answer(Schema):
    reply: str


router = APIRouter(prefix="/api/chat")


@router.post("")
async def chat(question: Question, owner: Owner, request: Request) -> Answer:
    backends: Backends = request.app.state.backends
    try:
        return Answer(reply=await backends.assistant.answer(question.message, await backends.todos.list(owner, 100)))
    except AssistantError as error:
        raise HTTPException(503 if isinstance(error, NoKeyError) else 502, str(error)) from None
