import pytest

from src.events import ticks
from src.lifecycle import Stopping
from tests.conftest import Client

pytestmark = pytest.mark.anyio


async def test_an_event_stream_ticks_and_ends_when_the_server_stops() -> None:
    stopping = Stopping()
    text = ""
    async for chunk in ticks(stopping):
        text += chunk
        if "event: tick" in text:
            stopping.set()
    assert text.startswith('retry: 2000\n\nevent: tick\nid: 1\ndata: {"count": 1')


def test_a_websocket_echoes_text_and_bytes(client: Client) -> None:
    with client.websocket_connect("/api/ws") as socket:
        socket.send_text("hello")
        assert socket.receive_text() == "hello"
        socket.send_bytes(b"\0\1")
        assert socket.receive_bytes() == b"\0\1"
