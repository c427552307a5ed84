"""The session, Continuum's set-up, and `transaction()`, the only way to write."""

import functools
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import flask_sqlalchemy.session
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy_continuum import TransactionFactory, UnitOfWork, make_versioned, version_class
from sqlalchemy_continuum.manager import VersioningManager
from sqlalchemy_continuum.plugins import Plugin

from webapp import clock, engines
from webapp.columns import UtcDateTime

__all__ = [
    "Base",
    "UtcDateTime",
    "db",
    "fetch",
    "insert",
    "scrub_afterwards",
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


class OneDatabase(flask_sqlalchemy.session.Session):
    """A session on the application's one engine; the extension's own looks for the right one at every statement."""

    def get_bind(self, *_args: Any, **_kwargs: Any) -> Engine | Connection:
        """Return the engine."""
        return self._db.engines[None]

    def close(self) -> None:
        """Let go of the connection. That its database is gone meanwhile is no reason to take an answer back."""
        try:
            super().close()
        except sa.exc.OperationalError:
            super().close()  # the connection is known to be broken by now, so nothing is asked of it


# After a commit objects keep what this transaction read and wrote; the next one begins by reading them anew.
db = SQLAlchemy(model_class=Base, session_options={"class_": OneDatabase, "expire_on_commit": False})


def fetch(statement: sa.Executable, values: Mapping[str, Any]) -> sa.CursorResult[Any]:
    """Return the rows of a statement on columns, in the session's transaction; nothing is flushed before.

    For what every click and every save asks: past the session, whose own `execute` takes twice as long.
    """
    return db.session.connection().execute(statement, values)


def insert(model: type[Base], values: Mapping[str, Any]) -> Any:
    """Insert a row of a table that is not versioned and return its first primary key; column defaults apply.

    At once and past the session, for rows that nothing in this transaction looks at again.
    """
    result = db.session.connection().execute(_insert_into(model), values)
    key = result.inserted_primary_key
    return None if key is None else key[0]


@functools.cache
def _insert_into(model: type[Base]) -> sa.Insert:
    return sa.insert(cast(sa.Table, model.__table__))


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
    """Makes rows of the version table exact copies, each found by (id, revision) and of one transaction."""

    def after_build_version_table_columns(self, builder: Any, columns: list[sa.Column[Any]]) -> None:
        """Strip what Continuum copies: a default would be stored in place of a NULL, an index paid at every save."""
        for column in columns:
            column.default = column.server_default = column.onupdate = None
            column.index = column.unique = None

    def after_version_class_built(self, parent_cls: type, version_cls: Any) -> None:
        """Number revisions uniquely, so that any of them is two index seeks away.

        The number is the column that locks the parent optimistically.
        """
        table = version_cls.__table__
        number = table.c[cast(Any, parent_cls).__mapper__.version_id_col.name]
        sa.Index(f"uq_{table.name}_id_{number.name}", table.c.id, number, unique=True)
        if "editor_id" in table.c:
            sa.Index(f"ix_{table.name}_id_editor_id_{number.name}", table.c.id, table.c.editor_id, number)
            sa.Index(f"ix_{table.name}_transaction_id", table.c.transaction_id)

    def transaction_args(self, uow: Any, session: Session) -> dict[str, Any]:
        """Return who acts and when, as `transaction()` noted it; Continuum writes them in the same INSERT."""
        return {"user_id": session.info.get("by_id"), "issued_at": clock.now()}


class LeanUnitOfWork(UnitOfWork):
    """Continuum's unit of work, which here inserts its rows by one statement each.

    The library makes a mapped object for each in a session of its own, flushes it, and moves it over: a fifth of a
    save, for objects that nobody looks at again. What is versioned, and when, is the library's to say.
    """

    def create_transaction(self, session: Session) -> Any:
        """Return the row's stand-in, which has its `id`."""
        table = self.manager.transaction_cls.__table__
        values = self.transaction_args(session)
        key = session.connection().execute(sa.insert(table), values).inserted_primary_key
        self.current_transaction = SimpleNamespace(id=key[0] if key else None)
        return self.current_transaction

    def create_version_objects(self, session: Session) -> None:
        """Insert a version row for every change that the library noted and that has none yet."""
        transaction_id = cast(Any, self.current_transaction).id
        for operation in self.operations.objects.values():
            if not operation.processed:
                statement, copied = _copy_of(cast(type, type(operation.target)))
                row = {name: getattr(operation.target, name) for name in copied}
                row |= {"transaction_id": transaction_id, "operation_type": operation.type}
                session.connection().execute(statement, row)
                operation.processed = True


@functools.cache
def _copy_of(model: type) -> tuple[sa.Insert, tuple[str, ...]]:
    """Return the INSERT of a version row of `model`, and the columns that are copied from the object."""
    table = version_class(model).__table__
    of_continuum = ("transaction_id", "operation_type")
    return sa.insert(table), tuple(column.key for column in table.c if column.key not in of_continuum)


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


versioning_manager = PerThreadManager(unit_of_work_cls=LeanUnitOfWork, transaction_cls=TransactionTable())

make_versioned(
    manager=versioning_manager,
    plugins=[RevisionTable()],
    options={"strategy": "subquery", "create_composite_index": False},
)


def transaction_class() -> Any:
    """Return the mapped class of Continuum's `transaction` table."""
    return versioning_manager.transaction_cls


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
    session.expire_all()
    with engines.fair_turn(session.get_bind()):
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        session.info.update(writing=True, by_id=by_id)
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            session.info.pop("scrub", None)
            raise
        finally:
            session.info.update(writing=False, by_id=None)
    if session.info.pop("scrub", False):
        engines.scrub(session.get_bind())


def scrub_afterwards() -> None:
    """Have what this transaction deletes taken out of the database's log too, once it is committed."""
    db.session.info["scrub"] = True
