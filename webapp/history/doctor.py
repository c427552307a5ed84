"""Whether the database is fit to be served from, as findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from webapp import engines, schema
from webapp.database import db
from webapp.history import people

SQLITE_NEEDED = (3, 51, 3)
"""Versions 3.7.0 to 3.51.2 can lose commits when two processes reset the write-ahead log at once."""


class State(StrEnum):
    """How a finding is to be taken; a warning can wait, what is bad cannot."""

    OK = "ok"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `says` is what was found, without a full stop."""

    check: str
    state: State
    says: str


def database() -> Iterator[Finding]:
    """Yield what there is to say about the database. Changes nothing, runs no migration and makes no file."""
    file = engines.sqlite_file(db.engine.url)
    if file is not None and not file.exists():
        yield Finding("database", State.WARNING, f"{file} is not there yet: `stet serve` makes it")
        yield library(engines.sqlite_module().sqlite_version_info)
        return
    try:
        kept = schema.migration()
        with db.engine.connect() as connection:
            yield Finding("database", State.OK, f"{db.engine.dialect.name} answers")
            yield _migration(kept)
            if file is not None:
                yield library(engines.sqlite_module().sqlite_version_info)
                yield from _settings(connection)
        if kept == schema.newest():
            yield _administrator()
    except sa.exc.DBAPIError as error:
        yield Finding("database", State.BAD, f"it does not answer: {str(error.orig).strip().splitlines()[0]}")


def library(version: tuple[int, ...]) -> Finding:
    """Return whether this `version` of the SQLite library keeps what it acknowledged."""
    written, needed = (".".join(map(str, numbers)) for numbers in (version, SQLITE_NEEDED))
    if version >= SQLITE_NEEDED:
        return Finding("SQLite library", State.OK, written)
    return Finding("SQLite library", State.BAD, f"{written} can damage the database: install pysqlite3 or {needed}")


def _migration(kept: str | None) -> Finding:
    newest = schema.newest()
    if kept == newest:
        return Finding("migrations", State.OK, f"{newest} is the newest")
    if kept is None or schema.knows(kept):
        says = f"{kept or 'none'} so far, {newest} is the newest: `stet serve` upgrades before it serves"
        return Finding("migrations", State.WARNING, says)
    return Finding("migrations", State.BAD, f"{kept} is from a newer Stet than this one")


def _settings(connection: sa.Connection) -> Iterator[Finding]:
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    if mode == "wal":
        yield Finding("SQLite journal", State.OK, "WAL")
    else:
        yield Finding("SQLite journal", State.BAD, f"{mode} instead of WAL: is the file on a network drive?")
    synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    if synchronous == 2:
        yield Finding("SQLite synchronous", State.OK, "FULL")
    else:
        yield Finding("SQLite synchronous", State.BAD, f"{synchronous} instead of FULL: a power cut loses saves")


def _administrator() -> Finding:
    if people.has_administrator():
        return Finding("administrator", State.OK, "there is one")
    return Finding("administrator", State.WARNING, "nobody can look after the desk yet: `stet setup` makes one")
