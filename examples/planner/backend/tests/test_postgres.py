import pytest

from src.postgres import asyncpg_url


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://app:p%40ss@db/app", "postgresql+asyncpg://app:p%40ss@db/app"),
        ("postgresql+psycopg://app@db/app?sslmode=require", "postgresql+asyncpg://app@db/app?ssl=require"),
        ("postgres://app@db/app?application_name=x", "postgresql+asyncpg://app@db/app?application_name=x"),
    ],
)
def test_the_url_fits_asyncpg(given: str, used: str) -> None:
    assert asyncpg_url(given).render_as_string(hide_password=False) == used
