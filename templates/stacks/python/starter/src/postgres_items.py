from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from src.items import Item
from src.tables import ItemRow


class PostgresItems:
    def __init__(self, engine: AsyncEngine) -> None:
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def list(self, limit: int) -> Sequence[Item]:
        async with self.sessions() as session:
            rows = await session.scalars(select(ItemRow).order_by(ItemRow.id.desc()).limit(limit))
            return [Item.model_validate(row) for row in rows]

    async def add(self, name: str) -> Item:
        async with self.sessions.begin() as session:
            row = ItemRow(name=name)
            session.add(row)
            await session.flush()
            await session.refresh(row)
        return Item.model_validate(row)
