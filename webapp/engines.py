"""Engine settings: SQLite that loses nothing and waits its turn; PostgreSQL needs none."""

import functools
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from webapp import filelock
from webapp.errors import Busy

PATIENCE_SECONDS = 30
"""How long a writer waits for the one before."""
CONNECT_SECONDS = 5
"""How long a PostgreSQL that says nothing at all is waited for."""
_SCRUB_MILLISECONDS = 200

SQLITE_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # with NORMAL, 270 of 400 simulated power cuts lost acknowledged saves
    "foreign_keys = ON",
    "secure_delete = ON",  # erased text must not stay behind in free pages
    "trusted_schema = OFF",
    "journal_size_limit = 67108864",
    "cache_size = -1000",  # KiB for each connection, a thread of a server has one; the system caches the file as well
)


_DRIVERS = {("sqlite", "pysqlite"), ("postgresql", "psycopg")}
_SQLITE_FULL = 13
_SQLSTATE_FULL = "53100"


def options(url: str) -> dict[str, Any]:
    """Return the keyword arguments of `create_engine` for `url`. Raises ValueError when it is none of ours."""
    try:
        parsed = make_url(url)
        known = (parsed.get_backend_name(), parsed.get_driver_name()) in _DRIVERS
    except (ArgumentError, ValueError):
        known = False
    if not known:  # what it says is not repeated: there may be a password in it
        raise ValueError("DATABASE_URL must be sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE.")
    if parsed.get_backend_name() == "sqlite":
        return {"module": sqlite_module(), "connect_args": {"timeout": PATIENCE_SECONDS}}
    patience = {} if "connect_timeout" in parsed.query else {"connect_timeout": CONNECT_SECONDS}
    return {"pool_pre_ping": True, "connect_args": patience}


def is_full(error: DBAPIError) -> bool:
    """Return whether the database found no room to write."""
    code = getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)
    return code in {_SQLITE_FULL, _SQLSTATE_FULL}


def sqlite_file(url: URL) -> Path | None:
    """Return the file that a SQLite database is in, None for one in memory and for PostgreSQL."""
    name = url.database if url.get_backend_name() == "sqlite" else None
    return Path(name) if name and name != ":memory:" else None


@functools.cache
def sqlite_module() -> Any:
    """Return the one SQLite library of this process: two of them on one file break each other's locks."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415  only one of the two may ever be loaded
    except ImportError:  # no wheel for this platform; `stet doctor` says whether the system's is recent enough
        from sqlite3 import dbapi2  # type: ignore[no-redef]  # noqa: PLC0415
    return dbapi2


def listen_to(engine: Engine) -> None:
    """Give every connection of a SQLite `engine` its settings and real transactions."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", lambda *_: _make_private(engine.url))
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _make_private(url: URL) -> None:
    """Make a file that is not there yet its owner's alone; SQLite gives its log and index the same mode.

    One that is there is not touched, not even opened: closing it would take the locks of this process off it.
    """
    if (file := sqlite_file(url)) is not None:
        with suppress(OSError):  # SQLite says it better
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late: reads before it are not isolated
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin")
    if mode is None:
        connection.connection.execute("BEGIN")  # the driver's own call: before every first read, and it cannot fail
    else:
        connection.exec_driver_sql(f"BEGIN {mode}")


def scrub(bind: Engine | Connection) -> None:
    """Take erased text out of SQLite's write-ahead log, which keeps old pages until it is written over.

    While somebody reads what was there before, their pages stay; the next checkpoint takes them. It does not wait
    for such a reader: whoever erases has their answer to get, and it may be the very same thread.
    """
    if bind.dialect.name == "sqlite":
        with bind.engine.connect() as connection:
            driver = connection.connection
            driver.execute(f"PRAGMA busy_timeout = {_SCRUB_MILLISECONDS}").close()
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            driver.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}").close()


@contextmanager
def fair_turn(bind: Engine | Connection) -> Iterator[None]:
    """Queue the writers of a SQLite file: its own busy loop sleeps and retries, and the unlucky wait for seconds.

    Raises Busy when the turn does not come.
    """
    file = sqlite_file(bind.engine.url)
    with ExitStack() as turn:
        if file is not None:
            try:
                turn.enter_context(filelock.held(Path(f"{file}.queue"), seconds=PATIENCE_SECONDS))
            except TimeoutError:
                raise Busy from None
        yield
