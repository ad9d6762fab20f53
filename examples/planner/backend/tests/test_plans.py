import pytest

from tests.conftest import Client
from tests.memory import MemoryPlans


def test_what_is_due_first_comes_first_and_what_is_done_last(client: Client) -> None:
    for plan in ({"title": "someday"}, {"title": "later", "due": "2026-12-01"}, {"title": "soon", "due": "2026-11-22"}):
        assert client.post("/api/plans", json=plan).status_code == 201
    soon = client.get("/api/plans").json()["plans"][0]
    assert (soon["title"], soon["due"], soon["done"]) == ("soon", "2026-11-22", False)

    assert client.post(f"/api/plans/{soon['id']}/done").json()["done"]
    assert [plan["title"] for plan in client.get("/api/plans").json()["plans"]] == ["later", "someday", "soon"]


def test_a_plan_that_is_not_there_cannot_be_done(client: Client) -> None:
    assert client.post("/api/plans/7/done").status_code == 404


@pytest.mark.parametrize("plan", [{}, {"title": ""}, {"title": "x" * 201}, {"title": "a\0b"}, {"title": "a", "due": "2026-02-30"}])
def test_what_is_no_plan_is_refused(client: Client, plan: dict[str, str]) -> None:
    reply = client.post("/api/plans", json=plan)
    assert (reply.status_code, reply.json()["error"]) == (422, "Unprocessable Content")


def test_a_fault_is_answered_without_its_details() -> None:
    class Broken(MemoryPlans):
        async def list(self, limit: int) -> list[object]:
            raise ConnectionError("postgresql://app:secret@db")

    with Client(plans=Broken()) as client:
        reply = client.get("/api/plans")
    assert reply.status_code == 500
    assert "secret" not in reply.text


def test_pages_about_the_api_are_for_debugging(client: Client) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/openapi.json").status_code == 404
