import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PostgresDsn, Secret, SecretStr, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

# How this service calls itself in logs and towards its databases.
SERVICE_NAME = "todo-uv-backend"


class ConfigError(Exception):
    """A mistake of whoever runs the process: its message is all they need, no stack."""


class SecretFiles(EnvSettingsSource):
    """Reads a setting from the file that NAME_FILE names, as Docker mounts secrets."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        name = f"{field_name.upper()}_FILE"
        path = self.env_vars.get(name.lower())
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text().rstrip("\n"), field_name, False
        except OSError as error:
            raise ConfigError(f"{name} cannot be read: {error.strerror}: {path}") from None


class Config(BaseSettings):
    """Settings from the environment: NAME, else the content of the file that NAME_FILE names. Compose passes an unset variable as an empty one."""

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True, hide_input_in_errors=True)

    log_level: Literal["critical", "error", "warning", "info", "debug"] = "info"

    # Seconds for work in flight after SIGTERM. Less than the grace period after which Docker kills (10 by default).
    stop_timeout: Annotated[int, Field(ge=1, le=3600)] = 8

    database_url: Secret[PostgresDsn]
    # Connections of each process: all of them together must stay below the server's max_connections.
    database_pool: Annotated[int, Field(ge=1, le=1000)] = 5

    # Shared with the frontend, which signs with it whose todos are asked for.
    better_auth_secret: Annotated[SecretStr, Field(min_length=32)]

    # Without one, or with `none`, the chat says so; everything else works.
    openai_api_key: SecretStr = SecretStr("none")
    openai_model: str = "gpt-4o-mini"
    openai_base_url: str = "https://api.openai.com/v1"

    @classmethod
    def settings_customise_sources(cls, settings_cls: type[BaseSettings], **_: Any) -> tuple[PydanticBaseSettingsSource, ...]:
        return EnvSettingsSource(settings_cls), SecretFiles(settings_cls)


def load_config() -> Config:
    try:
        return Config()
    except SettingsError as error:
        raise ConfigError(str(error.__cause__)) from None
    except ValidationError as error:
        raise ConfigError("\n  ".join(["the configuration is incomplete or wrong:", *map(mistake, error.errors())])) from None


def mistake(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][0]).upper()
    if error["type"] == "missing":
        return f"{name} is missing: set {name}, or {name}_FILE to the path of a file that holds it"
    return f"{name}: {error['msg']}"


def config_or_exit() -> Config:
    try:
        return load_config()
    except ConfigError as error:
        print(error, file=sys.stderr)
        sys.exit(78)  # EX_CONFIG of sysexits.h
