from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from src.tables import TodoRow
from src.todos import Todo


class PostgresTodos:
    def __init__(self, engine: AsyncEngine) -> None:
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def list(self, owner: str, limit: int) -> Sequence[Todo]:
        async with self.sessions() as session:
            rows = await session.scalars(select(TodoRow).where(TodoRow.owner == owner).order_by(TodoRow.done, TodoRow.id.desc()).limit(limit))
            return [Todo.model_validate(row) for row in rows]

    async def add(self, owner: str, title: str, due: date | None) -> Todo:
        async with self.sessions.begin() as session:
            row = TodoRow(owner=owner, title=title, due=due)
            session.add(row)
            await session.flush()
            await session.refresh(row)
        return Todo.model_validate(row)

    async def change(self, owner: str, id: int, title: str | None, done: bool | None) -> Todo | None:
        async with self.sessions.begin() as session:
            row = await session.scalar(select(TodoRow).where(TodoRow.id == id, TodoRow.owner == owner))
            if row is None:
                return None
            row.title = row.title if title is None else title
            row.done = row.done if done is None else done
        return Todo.model_validate(row)

    async def remove(self, owner: str, id: int) -> bool:
        async with self.sessions.begin() as session:
            result = await session.execute(delete(TodoRow).where(TodoRow.id == id, TodoRow.owner == owner))
        return result.rowcount > 0
