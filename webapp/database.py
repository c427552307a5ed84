"""Engine settings, the session, Continuum's set-up, and `transaction()`, the only way to write."""

import fcntl
import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy_continuum import TransactionFactory, make_versioned, version_class
from sqlalchemy_continuum.manager import VersioningManager
from sqlalchemy_continuum.plugins import Plugin

from webapp import clock

__all__ = [
    "Base",
    "UtcDateTime",
    "db",
    "engine_options",
    "listen_to",
    "transaction",
    "transaction_class",
    "version_class",
]

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of all models; constraints get predictable names, so that migrations can speak of them."""

    metadata = sa.MetaData(naming_convention=CONVENTION)


db = SQLAlchemy(model_class=Base)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment in UTC, to the microsecond, on databases that keep time zones and on those that don't."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` in UTC. Raises ValueError for a naive one, whose meaning nobody knows."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the aware moment that was stored."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# ── Versioning ──────────────────────────────────────────────────────────────────────────────────


class PerThreadManager(VersioningManager):
    """Continuum's manager with its books kept per thread.

    The library keeps the units of work of all threads in one dict and deletes from it while another
    thread iterates: a KeyError *after* the commit (its issue 390). A session never leaves its thread here.
    """

    def reset(self) -> None:
        """Forget everything; called by the constructor."""
        self._books = threading.local()
        super().reset()

    @property
    def units_of_work(self) -> dict[Connection, Any]:
        """This thread's units of work, by connection."""
        return vars(self._books).setdefault("units_of_work", {})

    @units_of_work.setter
    def units_of_work(self, value: dict[Connection, Any]) -> None:
        self._books.units_of_work = value

    @property
    def session_connection_map(self) -> dict[Session, Connection]:
        """This thread's connection of each session."""
        return vars(self._books).setdefault("session_connection_map", {})

    @session_connection_map.setter
    def session_connection_map(self, value: dict[Session, Connection]) -> None:
        self._books.session_connection_map = value


class RevisionTable(Plugin):
    """Makes the version table what DESIGN.md says: exact copies, found by (id, revision), one transaction each."""

    def after_build_version_table_columns(self, builder: Any, columns: list[sa.Column[Any]]) -> None:
        """Strip what Continuum copies: a default would be stored in place of a NULL, an index paid at every save."""
        for column in columns:
            column.default = column.server_default = column.onupdate = None
            column.index = column.unique = None

    def after_version_class_built(self, parent_cls: type, version_cls: Any) -> None:
        """Number revisions uniquely, so that any of them is two index seeks away."""
        table = version_cls.__table__
        sa.Index(f"uq_{table.name}_id_revision", table.c.id, table.c.revision, unique=True)

    def transaction_args(self, uow: Any, session: Session) -> dict[str, Any]:
        """Return who acts and when, as `transaction()` noted it; Continuum writes them in the same INSERT."""
        return {"user_id": session.info.get("by_id"), "issued_at": clock.now()}


class TransactionTable(TransactionFactory):
    """Continuum's `transaction` table: ids never used twice, aware times, no address of the person."""

    def __init__(self) -> None:
        super().__init__(remote_addr=False)

    def create_class(self, manager: VersioningManager) -> type:
        """Return the mapped class."""
        cls = super().create_class(manager)
        table = cls.__table__
        table.dialect_options["sqlite"]["autoincrement"] = True
        table.c.issued_at.type = UtcDateTime()
        table.c.issued_at.nullable = False
        table.indexes.clear()
        return cls


versioning_manager = PerThreadManager(transaction_cls=TransactionTable())

make_versioned(
    manager=versioning_manager,
    plugins=[RevisionTable()],
    options={"strategy": "subquery", "create_composite_index": False},
)


def transaction_class() -> Any:
    """Return the mapped class of Continuum's `transaction` table."""
    return versioning_manager.transaction_cls


# ── Engines ─────────────────────────────────────────────────────────────────────────────────────

SQLITE_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # with NORMAL, 270 of 400 simulated power cuts lost acknowledged saves
    "foreign_keys = ON",
    "secure_delete = ON",  # erased text must not stay behind in free pages
    "trusted_schema = OFF",
    "journal_size_limit = 67108864",
)


def engine_options(url: str) -> dict[str, Any]:
    """Return the keyword arguments of `create_engine` for `url`."""
    if make_url(url).get_backend_name() != "sqlite":
        return {"pool_pre_ping": True}
    return {"module": sqlite_module(), "connect_args": {"timeout": 30}}


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
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def transaction(*, by_id: int | None = None) -> Iterator[scoped_session[Any]]:
    """Write in one transaction: all of the block or nothing. Usable as a decorator; an inner one joins the outer.

    The read snapshot of the request ends first and its objects are read anew, so that what the block
    decides on is what it overwrites. `by_id` is the user whom Continuum's transaction row names.
    """
    session = db.session
    if session.info.get("writing"):
        yield session
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Something was changed outside of transaction().")
    session.rollback()
    with _fair_turn(session.get_bind()):
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        session.info.update(writing=True, by_id=by_id)
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.update(writing=False, by_id=None)


@contextmanager
def _fair_turn(bind: Engine | Connection) -> Iterator[None]:
    """Queue the writers of a SQLite file: its own busy loop sleeps and retries, and the unlucky wait for seconds."""
    file = bind.engine.url.database if bind.dialect.name == "sqlite" else None
    if not file or file == ":memory:":
        yield
        return
    with Path(f"{file}.queue").open("a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield
