from redis.asyncio import Redis

# Telegram tries for a day.
KEPT_FOR = 24 * 60 * 60


class RedisUpdates:
    def __init__(self, redis: Redis) -> None:
        self.redis = redis

    async def first_time(self, id: int) -> bool:
        return bool(await self.redis.set(f"update:{id}", 1, nx=True, ex=KEPT_FOR))

    async def forget(self, id: int) -> None:
        await self.redis.delete(f"update:{id}")
