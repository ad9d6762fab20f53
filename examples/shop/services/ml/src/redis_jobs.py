from uuid import UUID, uuid4

from redis.asyncio import Redis

from src.jobs import Handler, Job, outcome_of
from src.lifecycle import Stopping

QUEUED, RUNNING = "jobs:queued", "jobs:running"
KEPT_FOR = 24 * 60 * 60


def key(id: UUID | str) -> str:
    return f"job:{id}"


class RedisJobs:
    """
    A list of waiting ids and a hash for each job. The id of a job at work lies in `jobs:running`, so that the job of a
    worker that was killed is not lost; nothing puts it back by itself. For retries and schedules take a library: arq, Celery.
    """

    def __init__(self, redis: Redis) -> None:
        self.redis = redis

    async def push(self, text: str) -> Job:
        job = Job(id=uuid4(), status="queued", text=text)
        async with self.redis.pipeline() as together:
            together.hset(key(job.id), mapping=job.model_dump(mode="json", exclude_none=True))
            together.expire(key(job.id), KEPT_FOR)
            together.lpush(QUEUED, str(job.id))
            await together.execute()
        return job

    async def find(self, id: UUID) -> Job | None:
        job = await self.redis.hgetall(key(id))
        return Job.model_validate(job) if job else None

    async def run_next(self, handle: Handler, stopping: Stopping) -> bool:
        # A short wait ends by itself: breaking it off could lose the job that arrives at that moment.
        id = await self.redis.blmove(QUEUED, RUNNING, 1, "RIGHT", "LEFT")
        if id is None:
            return False
        text = await self.redis.hget(key(id), "text")
        if text is not None:  # None: it waited for longer than it is kept
            status, result = await outcome_of(handle(text))
            await self.redis.hset(key(id), mapping={"status": status, "result": result})
        await self.redis.lrem(RUNNING, 1, id)
        return True
