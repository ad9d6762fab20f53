"""Stand-ins for a database: gone with the process, known to this process alone. They forget what is too old, as memory has an end."""

from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count, islice
from uuid import UUID, uuid4

from src.items import Item
from src.jobs import Handler, Job, handle_job, outcome_of
from src.lifecycle import Stopping

CAPACITY = 1000


class MemoryItems:
    def __init__(self) -> None:
        self.items: deque[Item] = deque(maxlen=CAPACITY)
        self.ids = count(1)

    async def list(self, limit: int) -> Sequence[Item]:
        return list(islice(self.items, limit))

    async def add(self, name: str) -> Item:
        item = Item(id=next(self.ids), name=name, created_at=datetime.now(UTC))
        self.items.appendleft(item)
        return item


class MemoryJobs:
    """A worker is another process and cannot see these jobs, so each runs where it was posted."""

    def __init__(self) -> None:
        self.jobs: dict[UUID, Job] = {}

    async def push(self, text: str) -> Job:
        job = Job(id=uuid4(), status="queued", text=text)
        status, result = await outcome_of(handle_job(text))
        if len(self.jobs) >= CAPACITY:
            del self.jobs[next(iter(self.jobs))]
        self.jobs[job.id] = job.model_copy(update={"status": status, "result": result})
        return job

    async def find(self, id: UUID) -> Job | None:
        return self.jobs.get(id)

    async def run_next(self, handle: Handler, stopping: Stopping) -> bool:
        await stopping.pause(1)
        return False
