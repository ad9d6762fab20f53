import asyncio

import pytest

from src.jobs import Handler, handle_job, outcome_of
from src.lifecycle import Stopping
from src.worker import run_jobs
from tests.conftest import Client

pytestmark = pytest.mark.anyio


def test_a_job_shows_its_result(client: Client) -> None:
    posted = client.post("/api/jobs", json={"text": "dusk"})
    assert posted.status_code == 202
    job = posted.json()
    assert job == {"id": job["id"], "status": "queued", "text": "dusk"}
    assert client.get(f"/api/jobs/{job['id']}").json() == {**job, "status": "done", "result": "DUSK"}


def test_an_unknown_job_is_not_found_and_what_is_no_id_is_refused(client: Client) -> None:
    assert client.get("/api/jobs/7e5e7b5c-93a5-4a43-a41c-8e3f0a3c2b11").status_code == 404
    assert client.get("/api/jobs/1'--").status_code == 422


async def test_a_job_that_raises_has_failed() -> None:
    async def fail() -> str:
        raise ValueError("no paper")

    assert await outcome_of(fail()) == ("failed", "no paper")


class Endless:
    """A queue that always has one more job."""

    def __init__(self) -> None:
        self.results: list[str] = []

    async def run_next(self, handle: Handler, stopping: Stopping) -> bool:
        self.results.append(await handle("text"))
        return True


async def test_a_worker_that_is_told_to_stop_finishes_its_job_and_takes_no_other() -> None:
    jobs, stopping = Endless(), Stopping()
    started, work = asyncio.Event(), asyncio.Event()

    async def handle(_: str) -> str:
        started.set()
        await work.wait()
        return "finished"

    running = asyncio.create_task(run_jobs(jobs, handle, stopping))
    await started.wait()
    stopping.set()
    assert jobs.results == []
    work.set()
    await running
    assert jobs.results == ["finished"]


async def test_a_worker_outlives_a_queue_that_is_out_of_reach() -> None:
    stopping, attempts = Stopping(), 0

    class Lost(Endless):
        async def run_next(self, handle: Handler, stopping: Stopping) -> bool:
            nonlocal attempts
            attempts += 1
            if attempts == 1:
                raise ConnectionError("connection lost")
            stopping.set()
            return False

    await run_jobs(Lost(), handle_job, stopping)
    assert attempts == 2
