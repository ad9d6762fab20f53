from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from src.plans import NewPlan, Plan
from src.tables import PlanRow


class PostgresPlans:
    def __init__(self, engine: AsyncEngine) -> None:
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def list(self, limit: int) -> Sequence[Plan]:
        async with self.sessions() as session:
            rows = await session.scalars(select(PlanRow).order_by(PlanRow.done, PlanRow.due.nulls_last(), PlanRow.id).limit(limit))
            return [Plan.model_validate(row) for row in rows]

    async def add(self, new: NewPlan) -> Plan:
        async with self.sessions.begin() as session:
            row = PlanRow(title=new.title, due=new.due, done=False)
            session.add(row)
            await session.flush()
        return Plan.model_validate(row)

    async def finish(self, id: int) -> Plan | None:
        async with self.sessions.begin() as session:
            row = await session.get(PlanRow, id)
            if row is None:
                return None
            row.done = True
        return Plan.model_validate(row)
