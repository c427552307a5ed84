"""A database is brought up to date once, whoever starts at the same moment."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import databases, processes
from webapp import create_app, schema
from webapp.config import Config
from webapp.database import db


@pytest.fixture
def nothing(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database without any table."""
    with ExitStack() as stack:
        if backend == "postgresql":
            yield stack.enter_context(databases.empty(request.getfixturevalue("postgresql")))
        else:
            yield f"sqlite:///{tmp_path / 'stet.sqlite3'}"


def start(url: str, data: Path) -> bool:
    """Start a server as far as its tables, and return whether it had to make them."""
    app = create_app(Config(data=data, database_url=url, secret_key="for tests only"))
    with app.app_context():
        made = schema.bring_up_to_date()
        assert sa.inspect(db.engine).has_table("post_version")
        db.engine.dispose()
    return made


def test_the_first_start_makes_the_tables_and_the_next_finds_them(nothing, tmp_path):
    assert [start(nothing, tmp_path) for _ in range(3)] == [True, False, False]


def test_servers_that_start_at_once_on_an_empty_database_all_start(nothing, tmp_path):
    with processes.pool(3) as pool:
        made = pool.starmap(start, [(nothing, tmp_path)] * 3, chunksize=1)

    assert True in made
    assert start(nothing, tmp_path) is False
