"""A stand-in for the database: gone with the process, known to this process alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from src.todos import Todo


class MemoryTodos:
    def __init__(self) -> None:
        self.todos: dict[tuple[str, int], Todo] = {}
        self.ids = count(1)

    async def list(self, owner: str, limit: int) -> Sequence[Todo]:
        own = [todo for (whose, _), todo in self.todos.items() if whose == owner]
        return sorted(own, key=lambda todo: (todo.done, -todo.id))[:limit]

    async def add(self, owner: str, title: str, due: date | None) -> Todo:
        todo = Todo(id=next(self.ids), title=title, done=False, due=due, created_at=datetime.now(UTC))
        self.todos[owner, todo.id] = todo
        return todo

    async def change(self, owner: str, id: int, title: str | None, done: bool | None) -> Todo | None:
        if (owner, id) not in self.todos:
            return None
        given = {"title": title, "done": done}
        self.todos[owner, id] = self.todos[owner, id].model_copy(update={name: value for name, value in given.items() if value is not None})
        return self.todos[owner, id]

    async def remove(self, owner: str, id: int) -> bool:
        return self.todos.pop((owner, id), None) is not None
