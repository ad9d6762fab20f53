import pytest

from tests.conftest import Client, token


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
        async def list(self, owner: str, limit: int) -> None:
            raise RuntimeError('relation "todos" does not exist')

    with Client(todos=Broken()) as client:
        reply = client.get("/api/todos", headers={"x-request-id": "a-known-id"})
    assert reply.status_code == 500
    assert "relation" not in reply.text
    assert reply.json()["requestId"] == "a-known-id"


def test_nobody_sees_or_changes_what_is_anothers(client: Client) -> None:
    id = add(client, title="tea")
    bob = {"authorization": f"Bearer {token('bob')}"}
    assert client.get("/api/todos", headers=bob).json() == {"todos": []}
    assert client.patch(f"/api/todos/{id}", json={"done": True}, headers=bob).status_code == 404
    assert client.delete(f"/api/todos/{id}", headers=bob).status_code == 404
    assert titles(client) == ["tea"]


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer x", "Bearer a.b.c", f"Basic {token('ann')}", f"Bearer {token('ann', lasts=-1)}", f"Bearer {token('ann', secret='x' * 32)}", f"Bearer {token('ann', alg='none')}"],
)
def test_without_a_token_of_the_frontend_nothing_is_told(client: Client, given: str) -> None:
    for reply in (client.get("/api/todos", headers={"authorization": given}), client.post("/api/chat", json={"message": "?"}, headers={"authorization": given})):
        assert reply.status_code == 401
        assert reply.headers["www-authenticate"] == "Bearer"
