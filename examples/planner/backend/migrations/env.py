"""Run by `alembic upgrade head`: brings the database up to date, each migration in a transaction of its own."""

import asyncio
import sys
import time

from alembic import context
from asyncpg import InvalidAuthorizationSpecificationError, InvalidCatalogNameError
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from src.config import SERVICE_NAME, config_or_exit
from src.log import configure_logging
from src.postgres import asyncpg_url
from src.tables import Base

LOCK = 7_411_086  # any number, the same for everyone who migrates this database
PATIENCE = 30
REFUSED = (InvalidAuthorizationSpecificationError, InvalidCatalogNameError)


async def migrate() -> None:
    config = config_or_exit()
    configure_logging(config.log_level)
    engine = create_async_engine(
        asyncpg_url(str(config.database_url.get_secret_value())),
        poolclass=pool.NullPool,
        connect_args={"timeout": 5, "server_settings": {"application_name": f"{SERVICE_NAME} migrate"}},
    )
    connection = await connect(engine)
    try:
        # A second process waits here, and then finds the migrations done. The lock goes with the connection.
        await connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
        await connection.commit()
        await connection.run_sync(run)
    finally:
        await connection.close()


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


async def connect(engine: AsyncEngine) -> AsyncConnection:
    """The database may start at the same time: waits for it. What it refuses for good (password, name) is not tried again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return await engine.connect()
        except Exception as error:
            if is_final(error) or time.monotonic() > deadline:
                sys.exit(f"cannot connect to the database: {error}")
            await asyncio.sleep(1)


def is_final(error: BaseException | None) -> bool:
    return error is not None and (isinstance(error, REFUSED) or is_final(error.__cause__))


asyncio.run(migrate())
