"""Brings the database to the shape that the models have (Flask-Migrate over Alembic)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import Migrate, upgrade

from webapp.database import db

DIRECTORY = Path(__file__).with_name("migrations")

migrate = Migrate(directory=str(DIRECTORY), compare_type=True, render_as_batch=False)

_LOCK = 0x57E7  # any number that no other user of the same PostgreSQL takes for an advisory lock


def bring_up_to_date() -> bool:
    """Run the migrations that this database lacks and return whether there were any.

    Several servers may start at once on one PostgreSQL: they queue for an advisory lock.
    """
    if _is_current():
        return False
    with _alone():
        upgrade()
    return True


def _is_current() -> bool:
    head = ScriptDirectory(str(DIRECTORY)).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


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
