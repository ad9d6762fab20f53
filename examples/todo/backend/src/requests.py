"""What happens around every request: its id, its line in the log, its duration in the metrics."""

import logging
import re
from time import perf_counter
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from src.log import request_id
from src.metrics import DURATIONS

# Asked every few seconds: they would fill the log.
QUIET = {"/health", "/ready", "/metrics"}

# Their duration says nothing: probes, and streams that last as long as their client.
UNMEASURED = {"/health", "/metrics", "/api/events"}

log = logging.getLogger("requests")


class Requests:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started, status = perf_counter(), 500
        request_id.set(id_of(scope))

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            seconds = perf_counter() - started
            # The route's template and never the path itself: each id would become a time series of its own.
            route = getattr(scope.get("route"), "path", "unknown")
            if route not in UNMEASURED:
                DURATIONS.labels(scope["method"], route, status).observe(seconds)
            if route not in QUIET:
                fields = {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(seconds * 1000, 1)}
                log.info("request", extra={"fields": fields})


def id_of(scope: Scope) -> str:
    """The id that the proxy gave, so that its log and this one can be joined; otherwise a new one."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if re.fullmatch(r"[\w-]{8,64}", given, re.ASCII) else str(uuid4())
