from collections.abc import Awaitable, Callable
from typing import Annotated, Literal, Protocol
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, Request

from src.lifecycle import Stopping
from src.schemas import Schema, Text


class Job(Schema):
    id: UUID
    status: Literal["queued", "done", "failed"]
    text: str
    result: str | None = None


class NewJob(Schema):
    text: Text


type Handler = Callable[[str], Awaitable[str]]


async def handle_job(text: str) -> str:
    """The real work: replace it by what takes too long for a request. Runs in the worker."""
    return text.upper()


async def outcome_of(work: Awaitable[str]) -> tuple[Literal["done", "failed"], str]:
    """What becomes of a job, whichever way its work ends."""
    try:
        return "done", await work
    except Exception as error:
        return "failed", str(error)


class JobQueue(Protocol):
    async def push(self, text: str) -> Job: ...

    async def find(self, id: UUID) -> Job | None: ...

    async def run_next(self, handle: Handler, stopping: Stopping) -> bool:
        """Runs the next job and keeps its result. Without one it waits about a second, then says False."""


def queue(request: Request) -> JobQueue:
    return request.app.state.backends.jobs


Jobs = Annotated[JobQueue, Depends(queue)]
router = APIRouter(prefix="/api/jobs")


@router.post("", status_code=202, response_model_exclude_none=True)
async def push_job(new: NewJob, jobs: Jobs) -> Job:
    return await jobs.push(new.text)


@router.get("/{id}", response_model_exclude_none=True)
async def find_job(id: UUID, jobs: Jobs) -> Job:
    job = await jobs.find(id)
    if job is None:
        raise HTTPException(404, "there is no such job")
    return job
