from pathlib import Path

import pytest
from pydantic import PostgresDsn, Secret
from pydantic_settings import SettingsError

from src.config import Config, ConfigError, load_config


class Settings(Config):
    url: Secret[PostgresDsn]


def test_settings_have_defaults_and_an_empty_one_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "")
    assert load_config().log_level == "info"


def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("STOP_TIMEOUT", "soon")
    with pytest.raises(ConfigError, match=r"(?s)LOG_LEVEL: Input should be 'critical'.*STOP_TIMEOUT: Input should be a valid integer"):
        load_config()


def test_a_secret_comes_from_its_variable_or_from_its_file_without_the_newline_at_the_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql://app:file@db/app\n")
    monkeypatch.setenv("URL_FILE", str(file))
    monkeypatch.setenv("URL", "")
    assert str(Settings().url.get_secret_value()) == "postgresql://app:file@db/app"
    monkeypatch.setenv("URL", "postgresql://app:variable@db/app")
    assert str(Settings().url.get_secret_value()) == "postgresql://app:variable@db/app"


def test_a_file_out_of_reach_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("URL_FILE", "/nowhere/url")
    with pytest.raises(SettingsError) as caught:
        Settings()
    assert str(caught.value.__cause__) == "URL_FILE cannot be read: No such file or directory: /nowhere/url"


def test_a_wrong_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("URL", "mysql://app:hunter2@db/app")
    with pytest.raises(ValueError) as caught:
        Settings()
    assert "hunter2" not in str(caught.value)
    monkeypatch.setenv("URL", "postgresql://app:hunter2@db/app")
    assert "hunter2" not in repr(Settings())
