import asyncio

import pytest

from src import health
from tests.conftest import Client


async def works() -> None:
    pass


async def fails() -> None:
    raise ConnectionError("postgresql://app:secret@db")


def test_health_asks_nobody() -> None:
    with Client(checks={"database": fails}) as client:
        reply = client.get("/health")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


def test_ready_when_every_check_passes() -> None:
    with Client(checks={"database": works}) as client:
        reply = client.get("/ready")
    assert (reply.status_code, reply.json()) == (200, {"status": "ready", "checks": {"database": "ok"}})


def test_not_ready_names_the_check_that_failed_without_its_secrets() -> None:
    with Client(checks={"cache": works, "database": fails}) as client:
        reply = client.get("/ready")
    assert (reply.status_code, reply.json()) == (503, {"status": "unavailable", "checks": {"cache": "ok", "database": "failed"}})


def test_a_check_without_an_answer_fails_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    with Client(checks={"database": asyncio.Event().wait}) as client:
        assert client.get("/ready").status_code == 503


def test_not_ready_once_the_stop_has_begun(client: Client) -> None:
    client.app.state.stopping.set()
    reply = client.get("/ready")
    assert (reply.status_code, reply.json()["status"]) == (503, "stopping")
