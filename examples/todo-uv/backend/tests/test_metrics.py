from pathlib import Path

import httpx

from tests.conftest import Client, Start


def count(client: Client, method: str, route: str, status: int) -> float:
    labels = f'{{method="{method}",route="{route}",status="{status}"}}'
    lines = client.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(f"http_request_duration_seconds_count{labels}"))


def test_requests_are_measured_by_the_template_of_their_route(client: Client) -> None:
    before = count(client, "PATCH", "/api/todos/{id}", 404)
    client.patch("/api/todos/4711", json={"done": True})
    assert count(client, "PATCH", "/api/todos/{id}", 404) == before + 1

    before = count(client, "GET", "unknown", 404)
    client.get("/wp-login.php")
    assert count(client, "GET", "unknown", 404) == before + 1
    text = client.get("/metrics").text
    assert "4711" not in text
    assert "wp-login" not in text


def test_the_process_is_measured_probes_and_scrapes_are_not(client: Client) -> None:
    client.get("/health")
    client.get("/metrics")
    text = client.get("/metrics").text
    assert "\nprocess_resident_memory_bytes " in text
    assert "\nprocess_cpu_seconds_total " in text
    assert 'route="/health"' not in text
    assert 'route="/metrics"' not in text


def test_several_workers_count_together(start: Start, tmp_path: Path) -> None:
    server = start("uvicorn", "src.main:app", "--port", "0", PROMETHEUS_MULTIPROC_DIR=str(tmp_path))
    address = server.printed(r"running on (http://[\d.:]+)")[1]
    httpx.get(f"{address}/api/todos")
    assert 'http_request_duration_seconds_count{method="GET",route="/api/todos",status="' in httpx.get(f"{address}/metrics").text
