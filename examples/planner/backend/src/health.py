import asyncio
import logging

from fastapi import APIRouter, Request, Response

from src.backends import Backends, Check

# Seconds for the answer of a check.
PATIENCE = 2.0

log = logging.getLogger("health")
router = APIRouter(include_in_schema=False)


@router.get("/health")
async def health() -> dict[str, str]:
    """Is the process alive? Asks nobody else: a restart of this process does not repair a database."""
    return {"status": "ok"}


@router.get("/ready")
async def ready(request: Request, response: Response) -> dict[str, object]:
    """Should it get traffic?"""
    backends: Backends = request.app.state.backends
    results = await asyncio.gather(*(passes(name, check) for name, check in backends.checks.items()))
    if request.app.state.stopping.is_set():
        status = "stopping"
    else:
        status = "ready" if all(results) else "unavailable"
    response.status_code = 200 if status == "ready" else 503
    return {"status": status, "checks": {name: "ok" if ok else "failed" for name, ok in zip(backends.checks, results)}}


async def passes(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await check()
    except Exception as error:  # whatever it is: the answer is no
        log.warning("%s is not ready: %s", name, error or type(error).__name__)
        return False
    return True
