"""The settings of each database."""

import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from webapp import create_app, engines, filelock
from webapp.config import Config
from webapp.database import db, transaction
from webapp.errors import Busy


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
        ("cache_size", -1000),
    ],
)
def test_every_connection_to_sqlite_has_its_settings(database_url, tmp_path, pragma, value):
    app = create_app(Config(data=tmp_path, database_url=database_url, secret_key="for tests only"))

    with app.app_context(), db.engine.connect() as first, db.engine.connect() as second:
        found = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for connection in (first, second)]

    assert found == [value] * 2


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


def test_postgresql_is_asked_whether_it_is_still_there_before_a_request_and_not_waited_for_long():
    asked = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}

    assert engines.options("postgresql+psycopg://h/d") == engines.options("postgresql://h/d") == asked
    assert engines.options("postgresql://h/d?connect_timeout=9") == {"pool_pre_ping": True, "connect_args": {}}


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://h/d", "postgresql+nothing://h/d", "sqlite+nothing:///x", "postgresql://h:port/d"]
)
def test_what_is_no_address_of_a_database_of_ours_is_refused(url):
    with pytest.raises(ValueError, match="DATABASE_URL must be"):
        engines.options(url)


@pytest.mark.only("sqlite", "PostgreSQL's files are its server's business")
def test_a_new_database_is_its_owners_alone_and_so_is_all_that_lies_beside_it(tmp_path):
    file = tmp_path / "new.sqlite3"
    engine = sa.create_engine(f"sqlite:///{file}", **engines.options("sqlite://"))
    engines.listen_to(engine)

    with engine.connect() as connection, engines.fair_turn(engine):
        connection.exec_driver_sql("CREATE TABLE t (x)")
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    engine.dispose()

    assert modes == dict.fromkeys((f"new.sqlite3{end}" for end in ("", "-wal", "-shm", ".queue")), 0o600)


@pytest.mark.only("sqlite", "PostgreSQL locks rows, and has no queue of ours")
def test_a_turn_that_does_not_come_is_a_refusal(app, monkeypatch):
    monkeypatch.setattr(engines, "PATIENCE_SECONDS", 0.05)

    with filelock.held(Path(f"{db.engine.url.database}.queue"), seconds=1), pytest.raises(Busy), transaction():
        raise AssertionError("it has no turn")

    with transaction():
        pass
