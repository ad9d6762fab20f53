from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, HTTPException, Request

from src.schemas import Name, Schema
from src.tokens import Owner


class Todo(Schema):
    id: int
    title: str
    done: bool
    due: date | None
    created_at: datetime


class NewTodo(Schema):
    title: Name
    due: date | None = None


class Change(Schema):
    """What is left out stays as it is."""

    title: Name | None = None
    done: bool | None = None


class TodoList(Schema):
    todos: Sequence[Todo]


class TodoStore(Protocol):
    """Everything is somebody's: nobody sees or changes what is another's."""

    async def list(self, owner: str, limit: int) -> Sequence[Todo]:
        """What is left to do comes first, then the newest."""

    async def add(self, owner: str, title: str, due: date | None) -> Todo: ...

    async def change(self, owner: str, id: int, title: str | None, done: bool | None) -> Todo | None: ...

    async def remove(self, owner: str, id: int) -> bool: ...


def store(request: Request) -> TodoStore:
    return request.app.state.backends.todos


Todos = Annotated[TodoStore, Depends(store)]
router = APIRouter(prefix="/api/todos")


@router.get("")
async def list_todos(owner: Owner, todos: Todos) -> TodoList:
    return TodoList(todos=await todos.list(owner, 100))


@router.post("", status_code=201)
async def add_todo(new: NewTodo, owner: Owner, todos: Todos) -> Todo:
    return await todos.add(owner, new.title, new.due)


@router.patch("/{id}")
async def change_todo(id: int, change: Change, owner: Owner, todos: Todos) -> Todo:
    if todo := await todos.change(owner, id, change.title, change.done):
        return todo
    raise HTTPException(404, "there is no such todo")


@router.delete("/{id}", status_code=204)
async def remove_todo(id: int, owner: Owner, todos: Todos) -> None:
    if not await todos.remove(owner, id):
        raise HTTPException(404, "there is no such todo")
