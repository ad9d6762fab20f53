from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from src.config import SERVICE_NAME, Config


def open_engine(config: Config) -> AsyncEngine:
    return create_async_engine(
        asyncpg_url(str(config.database_url.get_secret_value())),
        pool_size=config.database_pool,
        max_overflow=0,
        pool_timeout=3,
        # A restart of the database breaks connections: the pool tries each before it hands it out, and opens new ones.
        pool_pre_ping=True,
        connect_args={
            "timeout": 3,
            "command_timeout": 12,  # when the server does not even answer that a statement took too long
            "server_settings": {"application_name": SERVICE_NAME, "statement_timeout": "10000"},
        },
    )


def asyncpg_url(url: str) -> URL:
    """Other tools write postgresql:// and libpq's ?sslmode=..., which asyncpg calls ssl."""
    parsed = make_url(url).set(drivername="postgresql+asyncpg")
    mode = parsed.query.get("sslmode")
    return parsed.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode}) if mode else parsed


async def ping(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))
