"""Asking the database whether it is there."""

import pytest
import sqlalchemy as sa

from webapp import create_app
from webapp.config import Config
from webapp.history import health


def test_a_database_that_is_there_answers(app, statements):
    with statements() as said:
        health.ask()

    assert said == ["SELECT 1"]


@pytest.mark.parametrize("url", ["postgresql+psycopg://nobody@127.0.0.1:1/nothing", "sqlite:////nowhere/at/all"])
def test_a_database_that_is_gone_is_an_operational_error(tmp_path, url):
    app = create_app(Config(data=tmp_path, database_url=url, secret_key="for tests only"))

    with app.app_context(), pytest.raises(sa.exc.OperationalError):
        health.ask()
