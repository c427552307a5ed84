"""Asking the database whether it is there."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from webapp import create_app
from webapp.config import Config
from webapp.database import db
from webapp.history import health


def test_a_database_that_is_there_answers(app, statements):
    with statements() as said:
        health.ask()

    assert said == ["SELECT version_num FROM alembic_version"]


@pytest.mark.parametrize("url", ["postgresql+psycopg://nobody@127.0.0.1:1/nothing", "sqlite:////nowhere/at/all"])
def test_a_database_that_is_gone_is_an_error(tmp_path, url):
    app = create_app(Config(data=tmp_path, database_url=url, secret_key="for tests only"))

    with app.app_context(), pytest.raises((sa.exc.OperationalError, FileNotFoundError)):
        health.ask()


@pytest.mark.only("sqlite", "PostgreSQL closes its connections when it goes")
def test_an_open_connection_to_a_file_that_was_taken_away_is_no_answer(app, tmp_path):
    health.ask()
    Path(db.engine.url.database).rename(tmp_path / "elsewhere")

    with pytest.raises(FileNotFoundError):
        health.ask()
