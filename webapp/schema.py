"""Brings the database to the shape that the models have (Flask-Migrate over Alembic)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from webapp import engines
from webapp.database import db

DIRECTORY = Path(__file__).with_name("migrations")

migrate = Migrate(directory=str(DIRECTORY), compare_type=True, render_as_batch=False)

_LOCK = 0x57E7  # any number that no other user of the same PostgreSQL takes for an advisory lock


def init_app(app: Flask, url: str) -> None:
    """Give `app` the database at `url`. Touches no table; raises ValueError for what is no address of a database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engines.options(url)
    db.init_app(app)
    with app.app_context():
        engines.listen_to(db.engine)
    migrate.init_app(app, db)


@contextmanager
def elsewhere(url: sa.URL) -> Iterator[None]:
    """Have the block read and write another database: inside, `db` is that one. Its connections are closed after."""
    app = Flask("webapp")
    init_app(app, url.render_as_string(hide_password=False))
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def bring_up_to_date() -> bool:
    """Run the migrations that this database lacks and return whether there were any.

    Several servers may start at once on one PostgreSQL: they queue for an advisory lock.
    """
    if is_current():
        return False
    with _alone():
        upgrade()
    return True


def is_current() -> bool:
    """Return whether this database has had all migrations."""
    return migration() == newest()


def newest() -> str | None:
    """Return the last migration that there is."""
    return ScriptDirectory(str(DIRECTORY)).get_current_head()


def migration() -> str | None:
    """Return the last migration that this database had, None if it had none."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Return whether there is such a migration; if not, a newer Stet made it."""
    return revision in {script.revision for script in ScriptDirectory(str(DIRECTORY)).walk_revisions()}


def take_down() -> None:
    """Take everything out of this database, tables and all. Ends the session's transaction: it would be in the way."""
    db.session.rollback()
    downgrade(revision="base")
    with db.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))


@contextmanager
def _alone() -> Iterator[None]:
    """Hold PostgreSQL's advisory lock; on SQLite the migration's own BEGIN IMMEDIATE makes the others wait."""
    with db.engine.connect() as connection:
        if connection.dialect.name != "postgresql":
            yield
            return
        connection.execute(sa.text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
