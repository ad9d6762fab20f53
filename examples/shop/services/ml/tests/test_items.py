import pytest

from tests.conftest import Client


def test_an_item_that_was_added_is_listed_the_newest_first(client: Client) -> None:
    for name in ("tea", "Käse 🧀"):
        reply = client.post("/api/items", json={"name": name})
        assert reply.status_code == 201
        assert reply.json().keys() == {"id", "name", "createdAt"}
        assert reply.json()["name"] == name
    assert [item["name"] for item in client.get("/api/items").json()["items"]] == ["Käse 🧀", "tea"]


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 201}, {"name": "a\0b"}, []])
def test_what_is_no_item_is_refused(client: Client, body: object) -> None:
    reply = client.post("/api/items", json=body)
    assert reply.status_code == 422
    assert reply.json().keys() == {"statusCode", "error", "message"}


def test_broken_json_is_refused(client: Client) -> None:
    assert client.post("/api/items", content='{"name":', headers={"content-type": "application/json"}).status_code == 422


def test_a_fault_is_answered_without_its_details() -> None:
    class Broken:
        async def list(self, limit: int) -> None:
            raise RuntimeError('relation "items" does not exist')

    with Client(items=Broken()) as client:
        reply = client.get("/api/items", headers={"x-request-id": "a-known-id"})
    assert reply.status_code == 500
    assert "relation" not in reply.text
    assert reply.json()["requestId"] == "a-known-id"


def test_an_unknown_path_is_answered_in_json(client: Client) -> None:
    reply = client.get("/nowhere")
    assert (reply.status_code, reply.json()["error"]) == (404, "Not Found")
