"""The worker: `python -m src.worker`."""

import asyncio
import logging

from src.backends import open_backends
from src.config import Config, config_or_exit
from src.jobs import Handler, JobQueue, handle_job
from src.lifecycle import SIGNALS, Stopping
from src.log import configure_logging

log = logging.getLogger("worker")


async def work(config: Config) -> None:
    stopping = Stopping()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)

    backends = open_backends(config)
    log.info("waiting for jobs")
    jobs = asyncio.create_task(run_jobs(backends.jobs, handle_job, stopping))
    await asyncio.wait([jobs, asyncio.create_task(stopping.wait())], return_when=asyncio.FIRST_COMPLETED)
    # Whatever still runs after that time is given up: Docker would kill the process soon anyway.
    try:
        await asyncio.wait_for(jobs, config.stop_timeout)
    except TimeoutError:
        log.warning("gave up what was still running after %s s", config.stop_timeout)
    await backends.close()
    log.info("stopped")


async def run_jobs(jobs: JobQueue, handle: Handler, stopping: Stopping) -> None:
    """One job after the other. When told to stop, it finishes the job at hand and takes no other."""
    while not stopping.is_set():
        try:
            if await jobs.run_next(handle, stopping):
                log.info("a job is done")
        except Exception as error:
            log.warning("cannot get at the jobs: %s", error)
            await stopping.pause(1)


if __name__ == "__main__":
    config = config_or_exit()
    configure_logging(config.log_level)
    asyncio.run(work(config))
