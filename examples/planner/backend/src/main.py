"""The server: `uvicorn src.main:app`."""

from src.app import create_app
from src.config import config_or_exit
from src.log import configure_logging

config = config_or_exit()
configure_logging(config.log_level)
app = create_app(config)
