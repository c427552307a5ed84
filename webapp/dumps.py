"""A whole database as one file: copied out while others write to it, and put where there is none yet.

SQLite by its own online backup; PostgreSQL by `pg_dump` in its custom format, and `pg_restore`.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from webapp import engines, pg_program
from webapp.errors import StetError

PAGES_AT_ONCE = 1000
"""Of SQLite, 4 KiB each; between two such steps it can be told how far the copy is."""
_MAGIC = {"sqlite": b"SQLite format 3\0", "postgresql": b"PGDMP"}
_AS_ANYBODY = ("--no-owner", "--no-privileges")


class DumpFailed(StetError):
    """The file cannot be written, or is no copy of a database."""


class Kind(StrEnum):
    """Which database a file is a copy of."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def kind_of(file: Path) -> Kind:
    """Return what `file` is a copy of, by its first bytes. Raises DumpFailed if it is none."""
    try:
        with file.open("rb") as opened:
            start = opened.read(16)
    except OSError as error:
        raise DumpFailed(f"{file} cannot be read: {error.strerror}.") from None
    for kind in Kind:
        if start.startswith(_MAGIC[kind]):
            return kind
    raise DumpFailed(f"{file} is not a backup of Stet.")


def steps(engine: sa.Engine) -> int | None:
    """Return how many steps `write` will take: the pages of SQLite; of PostgreSQL nobody knows."""
    if engine.dialect.name == "postgresql":
        return None
    with engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA page_count").scalar_one()


def write(engine: sa.Engine, file: Path, *, tell: Callable[[int], object] = int) -> None:
    """Copy the database of `engine`, as it is at one moment, into `file`, which is there and empty. Changes nothing.

    `tell` is told how many steps are done. Raises DumpFailed, or PgFailed.
    """
    if engine.dialect.name == "postgresql":
        pg_program.run("pg_dump", "--format=custom", *_AS_ANYBODY, f"--file={file}", url=engine.url)
        return
    with engine.connect() as connection, _opened(file) as copy, _in_words(file):
        # One read transaction around it all: without it every commit of somebody else begins the copy anew.
        source: Any = connection.connection.driver_connection
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")
        source.backup(copy, pages=PAGES_AT_ONCE, progress=lambda _, left, total: tell(total - left))
    settle(file)


def settle(file: Path) -> None:
    """Make a SQLite `file` that nobody has open complete in itself: no log beside it belongs to it any more."""
    with _opened(file) as copy, _in_words(file):
        copy.execute("PRAGMA journal_mode = DELETE")


def read(file: Path, engine: sa.Engine) -> None:
    """Put what is in `file` into the database of `engine`, whose own content, if there is any, goes; all or nothing.

    PostgreSQL: there must be nothing by the names of what comes. Raises DumpFailed, or PgFailed.
    """
    if engine.dialect.name == "postgresql":
        pg_program.run("pg_restore", "--exit-on-error", "--single-transaction", *_AS_ANYBODY, str(file), url=engine.url)
        return
    with engine.connect() as connection, _opened(file, mode="ro") as copy, _in_words(file):
        copy.backup(connection.connection.driver_connection)


def damage(file: Path, kind: Kind) -> str | None:
    """Return what is wrong with the file itself, None if it can be read to its end."""
    if kind is Kind.POSTGRESQL:
        try:
            pg_program.run("pg_restore", "--file=/dev/null", str(file))
        except pg_program.PgFailed as error:
            return str(error)
        return None
    with _opened(file, mode="ro") as copy:
        try:
            said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = copy.execute("PRAGMA foreign_key_check").fetchone()
        except engines.sqlite_module().Error as error:
            return str(error)
    if said != "ok":
        return str(said)
    return None if loose is None else f"a row of {loose[0]} names one of {loose[2]} that is not there"


def migration(file: Path, kind: Kind) -> str | None:
    """Return the migration that the copied database was at, None if it has no tables of Stet."""
    if kind is Kind.POSTGRESQL:
        data = pg_program.run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file)).decode()
        rows = data.partition("FROM stdin;\n")[2].partition("\n\\.\n")[0]
        return rows.splitlines()[0] if rows else None
    with _opened(file, mode="ro") as copy, _in_words(file):
        if not copy.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone():
            return None
        row = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        return row and row[0]


@contextmanager
def scratch(engine: sa.Engine) -> Iterator[sa.URL | None]:
    """Give the address of an empty database on the PostgreSQL server of `engine`, gone afterwards.

    None: this user may not make one.
    """
    name = f"stet_check_{secrets.token_hex(8)}"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        made = _make(name, connection)
        try:
            yield engine.url.set(database=name) if made else None
        finally:
            if made:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _make(name: str, connection: sa.Connection) -> bool:
    try:
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    except sa.exc.ProgrammingError:  # SQLSTATE 42501, insufficient privilege
        return False
    return True


def _opened(file: Path, *, mode: str = "rw") -> Any:
    """Return SQLite's own connection to `file`, to be closed: nothing of ours is set on it."""
    try:
        return closing(engines.sqlite_module().connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True))
    except engines.sqlite_module().Error as error:
        raise DumpFailed(f"{file} cannot be opened: {error}.") from None


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except engines.sqlite_module().Error as error:
        raise DumpFailed(f"{file} failed: {error}.") from error
