from io import StringIO
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

ROOT = Path(__file__).parent.parent


def test_migrations_follow_each_other_in_the_order_of_their_numbers() -> None:
    scripts = ScriptDirectory.from_config(Config(ROOT / "alembic.ini", stdout=StringIO()))
    found = [Path(script.path).name for script in scripts.walk_revisions()]
    assert found == sorted((path.name for path in (ROOT / "alembic/versions").glob("*.py")), reverse=True)
