"""Engine settings: SQLite that loses nothing and waits its turn; PostgreSQL needs none."""

import fcntl
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url

PATIENCE_SECONDS = 30
"""How long a writer waits for the one before."""
_SCRUB_MILLISECONDS = 200

SQLITE_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # with NORMAL, 270 of 400 simulated power cuts lost acknowledged saves
    "foreign_keys = ON",
    "secure_delete = ON",  # erased text must not stay behind in free pages
    "trusted_schema = OFF",
    "journal_size_limit = 67108864",
)


def options(url: str) -> dict[str, Any]:
    """Return the keyword arguments of `create_engine` for `url`."""
    if make_url(url).get_backend_name() != "sqlite":
        return {"pool_pre_ping": True}
    return {"module": sqlite_module(), "connect_args": {"timeout": PATIENCE_SECONDS}}


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
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


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
    """Queue the writers of a SQLite file: its own busy loop sleeps and retries, and the unlucky wait for seconds."""
    file = sqlite_file(bind.engine.url)
    if file is None:
        yield
        return
    with Path(f"{file}.queue").open("a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield
