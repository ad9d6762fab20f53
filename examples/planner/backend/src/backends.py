from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from src.config import Config
from src.embeddings import Embeddings, LocalEmbeddings, OpenAiEmbeddings
from src.notes import NoteStore
from src.plans import PlanStore
from src.postgres import open_engine, ping
from src.postgres_notes import PostgresNotes
from src.postgres_plans import PostgresPlans
from src.redis import open_redis
from src.redis_updates import RedisUpdates
from src.telegram import SeenUpdates

type Check = Callable[[], Awaitable[object]]


async def nothing_to_close() -> None:
    pass


@dataclass(frozen=True)
class Backends:
    """What the application keeps outside of itself. Tests bring their own."""

    plans: PlanStore
    notes: NoteStore
    updates: SeenUpdates

    # What /ready asks, by name: a check that raises has failed.
    checks: dict[str, Check]
    close: Callable[[], Awaitable[None]] = nothing_to_close


def open_backends(config: Config) -> Backends:
    """Returns at once: connections are made when they are needed, and made again after they were lost."""
    engine = open_engine(config)
    redis = open_redis(config)

    async def close() -> None:
        await redis.aclose()
        await engine.dispose()

    return Backends(
        plans=PostgresPlans(engine),
        notes=PostgresNotes(engine, embeddings(config)),
        updates=RedisUpdates(redis),
        checks={
            "postgres": lambda: ping(engine),
            "redis": lambda: redis.ping(),
        },
        close=close,
    )


def embeddings(config: Config) -> Embeddings:
    return OpenAiEmbeddings(config.openai_api_key.get_secret_value()) if config.openai_api_key and config.embeddings == "openai" else LocalEmbeddings()
