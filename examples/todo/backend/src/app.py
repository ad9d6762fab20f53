from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from src import chat, health, metrics, todos
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

    app = FastAPI(title=SERVICE_NAME, lifespan=lifespan)
    app.add_middleware(Requests)
    app.add_middleware(CORSMiddleware, allow_origins=config.origins, allow_methods=["GET", "POST", "PATCH", "DELETE"], allow_headers=["content-type"])
    reply_with_json(app)
    for module in (health, metrics, todos, chat):
        app.include_router(module.router)
    return app
