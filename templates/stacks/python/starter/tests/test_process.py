import json
import signal

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.conftest import Start


def test_sigterm_ends_the_server_in_time_whatever_is_open(start: Start) -> None:
    server = start("uvicorn", "src.main:app", "--port", "0")
    address = server.printed(r"running on http://([\d.:]+)")[1]

    with httpx.stream("GET", f"http://{address}/api/events") as events, connect(f"ws://{address}/api/ws") as socket:
        lines = events.iter_lines()
        assert next(line for line in lines if line.startswith("data:")).startswith('data: {"count": 1')
        socket.send("hello")
        assert socket.recv() == "hello"

        server.child.send_signal(signal.SIGTERM)
        list(lines)  # ends instead of breaking off
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv()
        assert closed.value.rcvd.code == 1012
    code, output, _ = server.end()
    assert code in (0, -signal.SIGTERM)
    assert "Finished server process" in output
    assert "Cancel" not in output


def test_everything_is_logged_as_json(start: Start) -> None:
    server = start("uvicorn", "src.main:app", "--port", "0")
    address = server.printed(r"running on (http://[\d.:]+)")[1]
    httpx.get(f"{address}/health")
    httpx.get(f"{address}/nowhere", headers={"x-request-id": "a-known-id"})
    server.child.send_signal(signal.SIGTERM)
    lines = [json.loads(line) for line in server.end()[1].splitlines()]
    (request,) = (line for line in lines if line["logger"] == "requests")
    assert request["path"] == "/nowhere"
    assert request["status"] == 404
    assert request["requestId"] == "a-known-id"


@pytest.mark.parametrize("words", [("uvicorn", "src.main:app"), ("src.worker",)])
def test_a_wrong_configuration_is_told_without_a_stack(start: Start, words: tuple[str, ...]) -> None:
    code, _, errors = start(*words, STOP_TIMEOUT="0").end()
    assert code == 78
    assert "STOP_TIMEOUT: Input should be greater than or equal to 1" in errors
    assert "Traceback" not in errors


def test_sigterm_ends_the_worker(start: Start) -> None:
    worker = start("src.worker")
    worker.printed("waiting for jobs")
    worker.child.send_signal(signal.SIGTERM)
    code, output, _ = worker.end()
    assert code == 0
    assert "stopped" in output
