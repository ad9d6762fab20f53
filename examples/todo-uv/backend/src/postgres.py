import ssl

from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from src.config import SERVICE_NAME, Config


def open_engine(config: Config) -> AsyncEngine:
    url, tls = connection_to(str(config.database_url.get_secret_value()))
    return create_async_engine(
        url,
        pool_size=config.database_pool,
        max_overflow=0,
        pool_timeout=3,
        # A restart of the database breaks connections: the pool tries each before it hands it out, and opens new ones.
        pool_pre_ping=True,
        connect_args={
            **tls,
            "timeout": 3,
            "command_timeout": 12,  # when the server does not even answer that a statement took too long
            "server_settings": {"application_name": SERVICE_NAME, "statement_timeout": "10000"},
        },
    )


def connection_to(url: str) -> tuple[URL, dict[str, object]]:
    """URLs of other tools, such as Neon shows them, say postgresql:// and libpq's sslmode and channel_binding; asyncpg takes neither."""
    given = make_url(url).set(drivername="postgresql+asyncpg")
    mode = given.query.get("sslmode")
    return given.difference_update_query(["sslmode", "channel_binding"]), {"ssl": tls(str(mode))} if mode else {}


def tls(mode: str) -> ssl.SSLContext | str:
    """Certificates are checked by the authorities of the image, or by those that SSL_CERT_FILE names; asyncpg alone would want a file of its own."""
    if mode not in ("verify-ca", "verify-full"):
        return mode
    context = ssl.create_default_context()
    context.check_hostname = mode == "verify-full"
    return context


async def ping(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("select 1"))
