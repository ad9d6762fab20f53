import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopping(asyncio.Event):
    """Set as soon as the process is told to stop."""

    async def pause(self, seconds: float) -> None:
        """Waits, but not for longer than until the stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), seconds)


@contextmanager
def stopped_by_signals(stopping: Stopping) -> Iterator[None]:
    """uvicorn waits for open responses before it tells the application of a stop: streams have to hear of the signal itself."""
    if threading.current_thread() is not threading.main_thread():  # as in tests: signals arrive in the main thread alone
        yield
        return

    loop = asyncio.get_running_loop()
    previous = {number: signal.getsignal(number) for number in SIGNALS}

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stopping.set)
        handler = previous[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in SIGNALS:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
