import json
import os
import re
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from src.app import create_app
from src.assistant import Assistant
from src.backends import Backends
from src.config import load_config
from src.memory import MemoryTodos
from src.tokens import Tokens

ROOT = Path(__file__).parent.parent

# All that has no default. Nothing listens at this address: the tests need no database.
SECRET = "a-secret-of-32-characters-and-more"
REQUIRED = {"DATABASE_URL": "postgresql://app:secret@127.0.0.1:1/app", "BETTER_AUTH_SECRET": SECRET}


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def token(owner: str, lasts: float = 60, secret: str = SECRET, alg: str = "HS256") -> str:
    """What the frontend signs."""
    parts = ({"alg": alg, "typ": "JWT"}, {"sub": owner, "exp": time.time() + lasts})
    signed = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    return f"{signed.decode()}.{Tokens(secret).signature(signed).decode()}"


class Client(TestClient):
    """The application over todos in memory, or over what a test brings, asked by one visitor."""

    def __init__(self, todos: object = None, checks: object = None) -> None:
        config = load_config()
        backends = Backends(todos or MemoryTodos(), Assistant.of(config), checks or {})
        super().__init__(create_app(config, lambda _: backends), raise_server_exceptions=False, headers={"authorization": f"Bearer {token('ann')}"})


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
        output, errors = self.child.communicate(timeout=30)
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
