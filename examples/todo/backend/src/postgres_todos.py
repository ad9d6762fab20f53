from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from src.tables import TodoRow
from src.todos import Todo


class PostgresTodos:
    def __init__(self, engine: AsyncEngine) -> None:
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def list(self, limit: int) -> Sequence[Todo]:
        async with self.sessions() as session:
            rows = await session.scalars(select(TodoRow).order_by(TodoRow.done, TodoRow.id.desc()).limit(limit))
            return [Todo.model_validate(row) for row in rows]

    async def add(self, title: str, due: date | None) -> Todo:
        async with self.sessions.begin() as session:
            row = TodoRow(title=title, due=due)
            session.add(row)
            await session.flush()
            await session.refresh(row)
        return Todo.model_validate(row)

    async def change(self, id: int, title: str | None, done: bool | None) -> Todo | None:
        async with self.sessions.begin() as session:
            row = await session.get(TodoRow, id)
            if row is None:
                return None
            row.title = row.title if title is None else title
            row.done = row.done if done is None else done
        return Todo.model_validate(row)

    async def remove(self, id: int) -> bool:
        async with self.sessions.begin() as session:
            result = await session.execute(delete(TodoRow).where(TodoRow.id == id))
        return result.rowcount > 0
