from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, HTTPException, Request

from src.schemas import Name, Schema


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
    async def list(self, limit: int) -> Sequence[Todo]:
        """What is left to do comes first, then the newest."""

    async def add(self, title: str, due: date | None) -> Todo: ...

    async def change(self, id: int, title: str | None, done: bool | None) -> Todo | None: ...

    async def remove(self, id: int) -> bool: ...


def store(request: Request) -> TodoStore:
    return request.app.state.backends.todos


Todos = Annotated[TodoStore, Depends(store)]
router = APIRouter(prefix="/api/todos")


@router.get("")
async def list_todos(todos: Todos) -> TodoList:
    return TodoList(todos=await todos.list(100))


@router.post("", status_code=201)
async def add_todo(new: NewTodo, todos: Todos) -> Todo:
    return await todos.add(new.title, new.due)


@router.patch("/{id}")
async def change_todo(id: int, change: Change, todos: Todos) -> Todo:
    if todo := await todos.change(id, change.title, change.done):
        return todo
    raise HTTPException(404, "there is no such todo")


@router.delete("/{id}", status_code=204)
async def remove_todo(id: int, todos: Todos) -> None:
    if not await todos.remove(id):
        raise HTTPException(404, "there is no such todo")
