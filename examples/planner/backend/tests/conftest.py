import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from src.app import create_app
from src.backends import Backends
from src.config import load_config
from tests.memory import MemoryNotes, MemoryPlans, MemoryUpdates

ROOT = Path(__file__).parent.parent

# All that has no default. Nothing listens at these addresses: the tests need no database.
REQUIRED: dict[str, str] = {
    "DATABASE_URL": "postgresql://app:secret@127.0.0.1:1/app",
    "REDIS_URL": "redis://:secret@127.0.0.1:1",
}


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Client(TestClient):
    """The application over stores in memory, or over what a test brings."""

    def __init__(self, plans: object = None, checks: object = None) -> None:
        backends = Backends(plans or MemoryPlans(), MemoryNotes(), MemoryUpdates(), checks or {})
        app = create_app(load_config(), lambda _: backends)
        super().__init__(app, raise_server_exceptions=False)


@pytest.fixture
def client() -> Iterator[Client]:
    with Client() as client:
        yield client


class Process:
    """A process of its own, ended with its test at the latest."""

    def __init__(self, *words: str, **settings: str) -> None:
        environment = {"PATH": os.environ["PATH"], **REQUIRED, **settings}
        self.child = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def printed(self, pattern: str) -> re.Match[str]:
        """Waits until a line of the output has what fits."""
        for line in self.child.stdout:
            if match := re.search(pattern, line):
                return match
        raise AssertionError(f"ended too early: {self.child.stderr.read()}")

    def end(self) -> tuple[int, str, str]:
        # Only so that no test waits for ever: a busy machine takes its time to start an interpreter.
        output, errors = self.child.communicate(timeout=60)
        return self.child.returncode, output, errors


type Start = Callable[..., Process]


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[Process] = []

    def starting(*words: str, **settings: str) -> Process:
        started.append(Process(*words, **settings))
        return started[-1]

    yield starting
    for process in started:
        process.child.kill()
        process.child.communicate()
