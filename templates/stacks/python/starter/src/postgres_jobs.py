from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from src.jobs import Handler, Job, outcome_of
from src.lifecycle import Stopping
from src.tables import JobRow


class PostgresJobs:
    def __init__(self, engine: AsyncEngine) -> None:
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def push(self, text: str) -> Job:
        job = Job(id=uuid4(), status="queued", text=text)
        async with self.sessions.begin() as session:
            session.add(JobRow(id=job.id, status=job.status, text=job.text))
        return job

    async def find(self, id: UUID) -> Job | None:
        async with self.sessions() as session:
            row = await session.get(JobRow, id)
            return Job.model_validate(row) if row else None

    async def run_next(self, handle: Handler, stopping: Stopping) -> bool:
        async with self.sessions.begin() as session:
            found = await run_locked(session, handle)
        if not found:
            await stopping.pause(1)
        return found


async def run_locked(session: AsyncSession, handle: Handler) -> bool:
    """
    The row stays locked while its job runs: other workers skip it, and if this one dies the lock goes and the job is free again.
    Jobs that take minutes want a library with leases instead, as an open transaction keeps PostgreSQL from cleaning up.
    """
    waiting = select(JobRow).where(JobRow.status == "queued").order_by(JobRow.created_at).limit(1)
    job = await session.scalar(waiting.with_for_update(skip_locked=True))
    if job is None:
        return False
    job.status, job.result = await outcome_of(handle(job.text))
    return True
