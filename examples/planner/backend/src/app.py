from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from src import health, metrics, notes, plans, telegram
from src.backends import Backends, open_backends
from src.config import SERVICE_NAME, Config
from src.errors import reply_with_json
from src.lifecycle import Stopping, stopped_by_signals
from src.requests import Requests


def create_app(config: Config, open_backends: Callable[[Config], Backends] = open_backends) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        backends = open_backends(config)
        app.state.backends, app.state.stopping = backends, Stopping()
        with stopped_by_signals(app.state.stopping):
            yield
        await backends.close()

    app = FastAPI(title=SERVICE_NAME, lifespan=lifespan, openapi_url="/openapi.json" if config.debug else None)
    app.state.config = config
    app.add_middleware(Requests)
    reply_with_json(app)
    for module in (health, metrics, plans, notes, telegram):
        app.include_router(module.router)
    return app
