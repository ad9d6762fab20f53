import json

import httpx
import pytest

from src.config import load_config
from src.register_webhook import register
from tests.conftest import Client
from tests.memory import MemoryPlans

TOKEN = "only-telegram-knows"


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_SECRET_TOKEN", TOKEN)


def send(client: Client, text: str | None, id: int = 1, token: str | None = TOKEN) -> httpx.Response:
    message = {"message_id": 7, "chat": {"id": 42, "type": "private"}, **({"text": text} if text else {})}
    headers = {"x-telegram-bot-api-secret-token": token} if token is not None else {}
    return client.post("/webhook/telegram", json={"update_id": id, "message": message}, headers=headers)


def test_without_the_right_token_nothing_is_taken(client: Client) -> None:
    for wrong in (None, "", "guessed"):
        assert send(client, "/plan steal", token=wrong).status_code == 403
    assert client.get("/api/plans").json() == {"plans": []}


def test_without_a_token_of_its_own_the_webhook_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELEGRAM_SECRET_TOKEN")
    with Client() as client:
        assert send(client, "hello", token="").status_code == 503


def test_a_plan_a_note_and_a_search(client: Client) -> None:
    assert send(client, "/plan water\nthe flowers", 1).json() == {"method": "sendMessage", "chat_id": 42, "text": "Planned: water the flowers"}
    assert send(client, "The shed's key hangs behind the mirror", 2).json()["text"] == "Noted."
    assert send(client, "/find where is the key of the shed", 3).json()["text"] == "The shed's key hangs behind the mirror"
    assert send(client, "/start", 4).json()["text"].startswith("/plan <what>")
    assert send(client, None, 5).json() == {}
    assert [plan["title"] for plan in client.get("/api/plans").json()["plans"]] == ["water the flowers"]


def test_an_update_that_comes_again_counts_once(client: Client) -> None:
    for _ in range(2):
        assert send(client, "/plan once", 9).status_code == 200
    assert len(client.get("/api/plans").json()["plans"]) == 1


def test_an_update_that_failed_is_taken_when_it_comes_again() -> None:
    class BrokenOnce(MemoryPlans):
        broken = True

        async def add(self, new: object) -> object:
            if self.broken:
                self.broken = False
                raise ConnectionError
            return await super().add(new)

    with Client(plans=BrokenOnce()) as client:
        assert [send(client, "/plan twice", 9).status_code for _ in range(2)] == [500, 200]


def test_telegram_is_told_where_the_webhook_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:abc")
    monkeypatch.setenv("WEBHOOK_URL", "https://planner.example.com/webhook/telegram")

    def reply(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/bot123:abc/setWebhook"
        assert json.loads(request.content)["secret_token"] == TOKEN
        return httpx.Response(200, json={"ok": True, "description": "Webhook was set"})

    client = httpx.Client(base_url="https://telegram.example.com", transport=httpx.MockTransport(reply))
    assert register(load_config(), client) == "Webhook was set"
    refused = httpx.MockTransport(lambda _: httpx.Response(401, json={"ok": False, "description": "Unauthorized"}))
    with pytest.raises(SystemExit, match="Unauthorized"):
        register(load_config(), httpx.Client(base_url="https://telegram.example.com", transport=refused))
