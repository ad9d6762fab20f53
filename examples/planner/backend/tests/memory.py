"""What the databases do, without them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from src.embeddings import LocalEmbeddings
from src.notes import Found, Note
from src.plans import NewPlan, Plan


class MemoryPlans:
    def __init__(self) -> None:
        self.plans: list[Plan] = []

    async def list(self, limit: int) -> Sequence[Plan]:
        return sorted(self.plans, key=lambda plan: (plan.done, plan.due or date.max, plan.id))[:limit]

    async def add(self, new: NewPlan) -> Plan:
        self.plans.append(Plan(id=len(self.plans) + 1, title=new.title, due=new.due, done=False))
        return self.plans[-1]

    async def finish(self, id: int) -> Plan | None:
        for plan in self.plans:
            if plan.id == id:
                plan.done = True
                return plan
        return None


class MemoryNotes:
    def __init__(self) -> None:
        self.notes: list[tuple[Note, Sequence[float]]] = []
        self.embeddings = LocalEmbeddings()

    async def add(self, text: str) -> Note:
        note = Note(id=len(self.notes) + 1, text=text, created_at=datetime.now(UTC))
        self.notes.append((note, await self.embeddings.of(text)))
        return note

    async def search(self, text: str, limit: int) -> Sequence[Found]:
        wanted = await self.embeddings.of(text)
        found = [Found(**note.model_dump(), distance=1 - sum(a * b for a, b in zip(wanted, vector, strict=True))) for note, vector in self.notes]
        return sorted(found, key=lambda each: each.distance)[:limit]


class MemoryUpdates:
    def __init__(self) -> None:
        self.seen: set[int] = set()

    async def first_time(self, id: int) -> bool:
        new = id not in self.seen
        self.seen.add(id)
        return new

    async def forget(self, id: int) -> None:
        self.seen.discard(id)
