from redis.asyncio import Redis

from src.config import SERVICE_NAME, Config


def open_redis(config: Config) -> Redis:
    """Connects when it is asked. While the server is away, commands fail within seconds instead of piling up."""
    return Redis.from_url(
        str(config.redis_url.get_secret_value()),
        client_name=SERVICE_NAME,
        decode_responses=True,
        socket_connect_timeout=3,
        socket_timeout=3,
    )
