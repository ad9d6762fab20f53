from fastapi import APIRouter, WebSocket

router = APIRouter()


@router.websocket("/api/ws")
async def echo(socket: WebSocket) -> None:
    """Sends everything back. uvicorn pings the client every 20 s, and closes with 1012 when the server stops."""
    await socket.accept()
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        await socket.send({**message, "type": "websocket.send"})
