import json
import signal

import httpx

from tests.conftest import Start


def test_sigterm_ends_the_server_in_time_whatever_is_open(start: Start) -> None:
    server = start("uvicorn", "src.main:app", "--port", "0")
    address = server.printed(r"running on (http://[\d.:]+)")[1]
    with httpx.Client() as kept:
        assert kept.get(f"{address}/health").status_code == 200
        server.child.send_signal(signal.SIGTERM)
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


def test_a_wrong_configuration_is_told_without_a_stack(start: Start) -> None:
    code, _, errors = start("uvicorn", "src.main:app", DATABASE_POOL="0").end()
    assert code == 78
    assert "DATABASE_POOL: Input should be greater than or equal to 1" in errors
    assert "Traceback" not in errors
