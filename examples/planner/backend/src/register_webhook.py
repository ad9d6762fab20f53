"""Tells Telegram where to send what people write: `docker compose -f compose.prod.yaml exec backend python -m src.register_webhook`."""

import sys

import httpx

from src.config import Config, config_or_exit


def register(config: Config, client: httpx.Client) -> str:
    """Comes back with what Telegram says; raises when it refuses."""
    if config.telegram_bot_token is None or config.telegram_secret_token is None or config.webhook_url is None:
        sys.exit("TELEGRAM_BOT_TOKEN, TELEGRAM_SECRET_TOKEN and WEBHOOK_URL are needed for this")
    settings = {"url": str(config.webhook_url), "secret_token": config.telegram_secret_token.get_secret_value(), "allowed_updates": ["message"]}
    reply = client.post(f"/bot{config.telegram_bot_token.get_secret_value()}/setWebhook", json=settings).json()
    if not reply["ok"]:
        sys.exit(f"Telegram says: {reply['description']}")
    return reply["description"]


if __name__ == "__main__":
    print(register(config_or_exit(), httpx.Client(base_url="https://api.telegram.org", timeout=10)))
