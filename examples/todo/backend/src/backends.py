from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from src.assistant import Assistant
from src.config import Config
from src.postgres import open_engine, ping
from src.postgres_todos import PostgresTodos
from src.todos import TodoStore

type Check = Callable[[], Awaitable[object]]


async def nothing_to_close() -> None:
    pass


@dataclass(frozen=True)
class Backends:
    """What the application keeps outside of itself. Tests bring their own."""

    todos: TodoStore
    assistant: Assistant

    # What /ready asks, by name: a check that raises has failed.
    checks: dict[str, Check]
    close: Callable[[], Awaitable[None]] = nothing_to_close


def open_backends(config: Config) -> Backends:
    """Returns at once: connections are made when they are needed, and made again after they were lost."""
    engine = open_engine(config)
    return Backends(
        todos=PostgresTodos(engine),
        assistant=Assistant.of(config),
        checks={"postgres": lambda: ping(engine)},
        close=engine.dispose,
    )
