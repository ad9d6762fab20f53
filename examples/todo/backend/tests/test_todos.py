import pytest

from tests.conftest import Client


def add(client: Client, **todo: object) -> int:
    reply = client.post("/api/todos", json=todo)
    assert reply.status_code == 201
    return reply.json()["id"]


def titles(client: Client) -> list[str]:
    return [todo["title"] for todo in client.get("/api/todos").json()["todos"]]


def test_what_is_left_to_do_comes_first_then_the_newest(client: Client) -> None:
    tea, cheese = add(client, title="tea"), add(client, title="Käse 🧀", due="2026-12-24")
    assert titles(client) == ["Käse 🧀", "tea"]
    changed = client.patch(f"/api/todos/{cheese}", json={"done": True})
    assert changed.json() == {"id": cheese, "title": "Käse 🧀", "done": True, "due": "2026-12-24", "createdAt": changed.json()["createdAt"]}
    assert titles(client) == ["tea", "Käse 🧀"]
    assert client.patch(f"/api/todos/{tea}", json={"title": "green tea"}).json()["done"] is False
    assert titles(client)[0] == "green tea"


def test_a_todo_that_was_removed_is_gone(client: Client) -> None:
    id = add(client, title="tea")
    assert client.delete(f"/api/todos/{id}").status_code == 204
    assert titles(client) == []
    assert client.delete(f"/api/todos/{id}").status_code == 404
    assert client.patch(f"/api/todos/{id}", json={"done": True}).json()["message"] == "there is no such todo"


@pytest.mark.parametrize("body", [{}, {"title": ""}, {"title": "x" * 201}, {"title": "a\0b"}, {"title": "tea", "due": "soon"}, []])
def test_what_is_no_todo_is_refused(client: Client, body: object) -> None:
    reply = client.post("/api/todos", json=body)
    assert reply.status_code == 422
    assert reply.json().keys() == {"statusCode", "error", "message"}


def test_a_fault_is_answered_without_its_details() -> None:
    class Broken:
        async def list(self, limit: int) -> None:
            raise RuntimeError('relation "todos" does not exist')

    with Client(todos=Broken()) as client:
        reply = client.get("/api/todos", headers={"x-request-id": "a-known-id"})
    assert reply.status_code == 500
    assert "relation" not in reply.text
    assert reply.json()["requestId"] == "a-known-id"


def test_pages_of_other_hosts_may_call_it_when_their_origin_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGINS", "https://todo.example.com, http://localhost:3000")
    with Client() as client:
        for origin, allowed in {"http://localhost:3000": "http://localhost:3000", "https://evil.example.com": None}.items():
            asked = client.options("/api/todos", headers={"origin": origin, "access-control-request-method": "PATCH"})
            assert asked.headers.get("access-control-allow-origin") == allowed
