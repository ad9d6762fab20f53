"""A stand-in for the database: gone with the process, known to this process alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from src.todos import Todo


class MemoryTodos:
    def __init__(self) -> None:
        self.todos: dict[int, Todo] = {}
        self.ids = count(1)

    async def list(self, limit: int) -> Sequence[Todo]:
        return sorted(self.todos.values(), key=lambda todo: (todo.done, -todo.id))[:limit]

    async def add(self, title: str, due: date | None) -> Todo:
        todo = Todo(id=next(self.ids), title=title, done=False, due=due, created_at=datetime.now(UTC))
        self.todos[todo.id] = todo
        return todo

    async def change(self, id: int, title: str | None, done: bool | None) -> Todo | None:
        if id not in self.todos:
            return None
        given = {"title": title, "done": done}
        self.todos[id] = self.todos[id].model_copy(update={name: value for name, value in given.items() if value is not None})
        return self.todos[id]

    async def remove(self, id: int) -> bool:
        return self.todos.pop(id, None) is not None
