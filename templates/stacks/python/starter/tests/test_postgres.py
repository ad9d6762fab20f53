import ssl

import pytest

from src.postgres import connection_to


@pytest.mark.parametrize(
    ("given", "used", "tls"),
    [
        ("postgresql://app:p%40ss@db/app", "postgresql+asyncpg://app:p%40ss@db/app", {}),
        ("postgresql+psycopg://app@db/app?sslmode=require", "postgresql+asyncpg://app@db/app", {"ssl": "require"}),
        ("postgres://app@db/app?application_name=x&sslmode=require&channel_binding=require", "postgresql+asyncpg://app@db/app?application_name=x", {"ssl": "require"}),
    ],
)
def test_the_url_fits_asyncpg(given: str, used: str, tls: dict[str, object]) -> None:
    url, arguments = connection_to(given)
    assert (url.render_as_string(hide_password=False), arguments) == (used, tls)


def test_the_servers_certificate_is_checked_when_the_url_asks_for_it() -> None:
    for mode, name_too in {"verify-ca": False, "verify-full": True}.items():
        context = connection_to(f"postgresql://app@db/app?sslmode={mode}")[1]["ssl"]
        assert isinstance(context, ssl.SSLContext)
        assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, name_too)
