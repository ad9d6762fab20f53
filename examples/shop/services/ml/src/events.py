import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from src.lifecycle import Stopping

router = APIRouter()


@router.get("/api/events")
async def events(request: Request) -> StreamingResponse:
    """Server-sent events: a tick a second, until the client leaves or the server stops."""
    headers = {
        "cache-control": "no-store",
        "x-accel-buffering": "no",  # nginx passes each event on at once
    }
    return StreamingResponse(ticks(request.app.state.stopping), media_type="text/event-stream", headers=headers)


async def ticks(stopping: Stopping) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"  # and with it the headers, before the first second is over
    for number in count(1):
        await stopping.pause(1)
        if stopping.is_set():
            return
        data = json.dumps({"count": number, "at": datetime.now(UTC).isoformat()})
        yield f"event: tick\nid: {number}\ndata: {data}\n\n"
        # For streams that are silent for longer: a comment keeps proxies from closing them.
        if number % 15 == 0:
            yield ": heartbeat\n\n"
