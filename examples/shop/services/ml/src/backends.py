from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from src.config import Config
from src.items import ItemStore
from src.jobs import JobQueue
from src.memory import MemoryItems
from src.redis import open_redis
from src.redis_jobs import RedisJobs

type Check = Callable[[], Awaitable[object]]


async def nothing_to_close() -> None:
    pass


@dataclass(frozen=True)
class Backends:
    """What the application keeps outside of itself. Tests bring their own."""

    items: ItemStore
    jobs: JobQueue

    # What /ready asks, by name: a check that raises has failed.
    checks: dict[str, Check]
    close: Callable[[], Awaitable[None]] = nothing_to_close


def open_backends(config: Config) -> Backends:
    """Returns at once: connections are made when they are needed, and made again after they were lost."""
    redis = open_redis(config)

    async def close() -> None:
        await redis.aclose()

    return Backends(
        items=MemoryItems(),
        jobs=RedisJobs(redis),
        checks={
            "redis": lambda: redis.ping(),
        },
        close=close,
    )
