"""The settings of each database."""

import sys

import pytest
import sqlalchemy as sa

from webapp import engines
from webapp.database import db


@pytest.mark.only("sqlite", "these are its own settings")
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 30_000),
    ],
)
def test_every_connection_to_sqlite_has_its_settings(app, pragma, value):
    with db.engine.connect() as first, db.engine.connect() as second:
        assert [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for connection in (first, second)] == [
            value
        ] * 2


@pytest.mark.only("sqlite", "PostgreSQL keeps no such log beside its tables")
def test_scrubbing_beside_a_reader_ends_and_leaves_the_connection_as_patient_as_before(app):
    with db.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM event").scalar()
        with db.engine.begin() as writer:
            writer.exec_driver_sql("INSERT INTO event (at, verb) VALUES ('2026-01-01 00:00:00.000000', 'test')")

        engines.scrub(db.engine)

    with db.engine.connect() as next_one:
        assert next_one.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no wheel, and `stet doctor` says so")
@pytest.mark.only("sqlite", "it is about SQLite")
def test_sqlite_is_without_the_bug_that_loses_pages(app):
    assert engines.sqlite_module().__name__.startswith("pysqlite3")
    assert engines.sqlite_module().sqlite_version_info >= (3, 51, 3)
    assert db.session.scalar(sa.select(sa.func.sqlite_version())) == engines.sqlite_module().sqlite_version


def test_postgresql_is_asked_whether_it_is_still_there_before_a_request():
    assert engines.options("postgresql+psycopg://h/d") == {"pool_pre_ping": True}
