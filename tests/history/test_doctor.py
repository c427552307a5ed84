"""What there is to say about the database, in good health and in bad."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests import databases
from webapp import create_app
from webapp.config import Config
from webapp.database import db, transaction
from webapp.history import doctor
from webapp.history.doctor import State


def states() -> dict[str, str]:
    return {finding.check: finding.state.value for finding in doctor.database()}


def says(check: str) -> tuple[State, str]:
    return next((finding.state, finding.says) for finding in doctor.database() if finding.check == check)


def app_on(url: str, data) -> Flask:
    return create_app(Config(data=data, database_url=url, secret_key="for tests only"))


SQLITE = {"SQLite library": "ok", "SQLite journal": "ok", "SQLite synchronous": "ok"}


def test_a_healthy_database(database_url, backend, cast, tmp_path):
    with transaction():
        cast.admin.password_hash = "any"

    with app_on(database_url, tmp_path).app_context():
        assert states() == {"database": "ok", "migrations": "ok", "administrator": "ok"} | (
            SQLITE if backend == "sqlite" else {}
        )
        db.session.remove()
        db.engine.dispose()


def test_nobody_who_could_look_after_the_desk_is_a_warning(cast):
    assert says("administrator") == (
        State.WARNING,
        "nobody can look after the desk yet: `stet setup` makes one",
    )


@pytest.mark.only("sqlite", "PostgreSQL's databases are made by hand")
def test_a_file_that_is_not_there_yet_is_a_warning_and_is_not_made(backend, tmp_path):
    file = tmp_path / "new.sqlite3"

    with app_on(f"sqlite:///{file}", tmp_path).app_context():
        assert says("database") == (State.WARNING, f"{file} is not there yet: `stet serve` makes it")
        assert states() == {"database": "warning", "SQLite library": "ok"}
    assert file.exists() is False


@pytest.mark.only("postgresql", "a SQLite file without tables is one that is not there yet")
def test_a_database_without_tables_is_a_warning_and_stays_so(backend, postgresql, tmp_path):
    with databases.empty(postgresql) as url, app_on(url, tmp_path).app_context():
        assert states() == {"database": "ok", "migrations": "warning"}
        assert sa.inspect(db.engine).get_table_names() == []
        db.engine.dispose()


@pytest.mark.parametrize(
    ("version", "state", "found"),
    [
        ("0001", State.WARNING, "0001 so far, {} is the newest: `stet serve` upgrades before it serves"),
        ("9999", State.BAD, "9999 is from a newer Stet than this one"),
    ],
)
def test_another_migration_than_the_newest(app, tamper, version, state, found):
    newest = says("migrations")[1].split()[0]
    tamper("UPDATE alembic_version SET version_num = :version", version=version)
    try:
        assert says("migrations") == (state, found.format(newest))
        assert "administrator" not in states()
    finally:  # PostgreSQL's is shared by all tests
        tamper("UPDATE alembic_version SET version_num = :version", version=newest)


def test_a_server_that_does_not_answer_is_bad(tmp_path):
    with app_on("postgresql+psycopg://nobody:secret@127.0.0.1:1/nothing", tmp_path).app_context():
        state, found = says("database")
        assert states() == {"database": "bad"}
    assert (state, found.startswith("it does not answer: "), "secret" in found) == (State.BAD, True, False)


def test_a_file_that_is_no_database_is_bad(tmp_path):
    (tmp_path / "stet.sqlite3").write_text("scribbles " * 100)

    with app_on(f"sqlite:///{tmp_path / 'stet.sqlite3'}", tmp_path).app_context():
        assert says("database") == (State.BAD, "it does not answer: file is not a database")


@pytest.mark.parametrize(
    ("version", "state"),
    [((3, 51, 3), "ok"), ((3, 52, 0), "ok"), ((4, 0, 0), "ok"), ((3, 51, 2), "bad"), ((3, 40, 1), "bad")],
)
def test_a_library_that_can_lose_commits_is_bad(version, state):
    assert doctor.library(version).state == state


@pytest.mark.only("sqlite", "its settings")
@pytest.mark.parametrize(
    ("pragma", "check", "found"),
    [
        ("journal_mode = DELETE", "SQLite journal", "delete instead of WAL: is the file on a network drive?"),
        ("synchronous = NORMAL", "SQLite synchronous", "1 instead of FULL: a power cut loses saves"),
    ],
)
def test_settings_that_could_lose_a_save_are_bad(database_url, tmp_path, pragma, check, found):
    with app_on(database_url, tmp_path).app_context():
        sa.event.listen(db.engine, "connect", lambda connection, _record: connection.execute(f"PRAGMA {pragma}"))

        assert says(check) == (State.BAD, found)
        db.session.remove()
        db.engine.dispose()
