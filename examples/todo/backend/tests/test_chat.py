import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tests.conftest import ROOT, Client


class OpenAI(BaseHTTPRequestHandler):
    """What the assistant needs of OpenAI: it takes one key, and repeats what it was asked."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        status = 200 if self.headers["authorization"] == "Bearer sk-right" else 401
        said = " | ".join(message["content"].splitlines()[-1] for message in asked["messages"])
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps({"choices": [{"message": {"content": f"{asked['model']}: {said}"}}]}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), OpenAI)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.server_port}/")
    yield
    server.shutdown()
    server.server_close()


def ask(message: object = "what is next?") -> tuple[int, str]:
    with Client() as client:
        client.post("/api/todos", json={"title": "tea", "due": "2026-12-24"})
        reply = client.post("/api/chat", json={"message": message})
    body = reply.json()
    return reply.status_code, body.get("reply") or body["message"]


@pytest.mark.parametrize("key", ["", "none"])
def test_without_a_key_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    assert ask() == (503, "the assistant has no key: set OPENAI_API_KEY and start the backend again; todos work without")


@pytest.mark.usefixtures("openai")
def test_the_model_is_told_the_question_and_the_open_todos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-right")
    monkeypatch.setenv("OPENAI_MODEL", "gpt-test")
    assert ask() == (200, "gpt-test: - tea, due 2026-12-24 | what is next?")


@pytest.mark.usefixtures("openai")
def test_a_key_that_is_refused_is_told_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong")
    assert ask() == (502, "OpenAI does not accept the key in OPENAI_API_KEY")


def test_openai_out_of_reach_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-right")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1")
    assert ask() == (502, "OpenAI cannot be reached")


@pytest.mark.parametrize("message", ["", "x" * 2001, None])
def test_what_is_no_question_is_refused(message: object) -> None:
    assert ask(message)[0] == 422


def test_a_process_that_stops_does_not_wait_for_an_answer() -> None:
    endless = "asyncio.run(asyncio.wait_for(beside(threading.Event().wait), 0.1))"
    ended = subprocess.run(
        [sys.executable, "-c", f"import asyncio, threading; from src.assistant import beside; {endless}"], cwd=ROOT, capture_output=True, text=True, timeout=20
    )
    assert "TimeoutError" in ended.stderr
