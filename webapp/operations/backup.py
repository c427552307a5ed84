"""Copies of the whole desk: taken while people write, looked at before they count, and put where there is no desk."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from webapp import dumps, engines, schema
from webapp.database import db, transaction
from webapp.dumps import Kind
from webapp.errors import Invalid
from webapp.history import stats, verify
from webapp.history.verify import Report
from webapp.models import OPERATOR, Event, Post, User
from webapp.operations import sign_in

DOUBTFUL = ".doubtful"
"""Behind the name of a copy that does not hold: it may be the best there is, but it replaces nothing."""

Tell = Callable[[int], object]
Progress = Callable[[str, int | None], AbstractContextManager[Tell]]
"""`progress("Copying", 30)` gives, for a block, what is told how many of the 30 steps are done."""


class Checked(StrEnum):
    """How far a copy was looked into."""

    OPENED = "opened and verified"
    RESTORED = "restored into a scratch database and verified"
    READ = "read to its end, but not restored: the database's user may not make a scratch database"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy, where it is and what came of looking at it; `report` is None where it was only read."""

    file: Path
    size_bytes: int
    checked: Checked
    report: Report | None

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against it."""
        return self.report is None or self.report.ok


def silent(_what: str, _total: int | None) -> AbstractContextManager[Tell]:
    """Tell nobody how far it is."""
    return nullcontext(int)


def take(file: Path, *, force: bool = False, progress: Progress = silent) -> Backup:
    """Copy the live desk, as it is at one moment, into `file` and look whether the copy holds. Changes nothing else.

    The file appears when it is whole and was looked at, readable by its owner alone. A copy that does not hold is
    left as `FILE.doubtful`. Raises Invalid, DumpFailed or PgFailed; then nothing is left behind.
    """
    _must_not_be_in_use(file)
    if file.exists() and not force:
        raise _taken(file)
    with _draft(file) as draft:
        with progress("Copying", dumps.steps(db.engine)) as tell:
            dumps.write(db.engine, draft, tell=tell)
        checked, report = _examine(draft, progress=progress)
        backup = Backup(file, draft.stat().st_size, checked, report)
        if not backup.ok:
            doubtful = file.with_name(file.name + DOUBTFUL)
            _publish(draft, doubtful, force=True)
            return Backup(doubtful, backup.size_bytes, checked, report)
        _publish(draft, file, force=force)
    return backup


def restore(file: Path, *, progress: Progress = silent) -> Report:
    """Put the desk of a backup here, where there is none yet, bring it up to date and return whether it holds.

    Everybody is signed out: a session that was ended after the backup must not live again. Raises Invalid when
    somebody or something is here already, DumpFailed or PgFailed; then nothing has changed.
    """
    _must_fit(file)
    with engines.fair_turn(db.engine), progress("Restoring", None):
        _must_be_empty()
        if db.engine.dialect.name == "postgresql" and schema.migration() is not None:
            schema.take_down()
        dumps.read(file, db.engine)
    schema.bring_up_to_date()
    with transaction():
        sign_in.end_everybodys()
        Event.log("restore backup", by=OPERATOR)
    return _verified(progress)


def _must_not_be_in_use(file: Path) -> None:
    """Refuse to write over the desk itself. Raises Invalid, also when there is no desk to copy."""
    live = engines.sqlite_file(db.engine.url)
    if live is None:
        return
    if not live.exists():
        raise Invalid({"file": f"There is no desk to copy: {live} does not exist."})
    if file.resolve() in {live.resolve().with_name(live.name + end) for end in ("", "-wal", "-shm", ".queue")}:
        raise Invalid({"file": f"{file} is the desk itself: name another file."})


def _taken(file: Path) -> Invalid:
    return Invalid({"file": f"{file} is there already: name another file, or replace it with --force."})


@contextmanager
def _draft(file: Path) -> Iterator[Path]:
    """Give an empty file beside `file`, its owner's alone, which is gone afterwards unless it was published."""
    try:
        descriptor, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")  # mode 0600
    except OSError as error:
        raise Invalid({"file": f"{file} cannot be written: {error.strerror}."}) from None
    os.close(descriptor)
    draft = Path(name)
    try:
        yield draft
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)


def _examine(draft: Path, *, progress: Progress) -> tuple[Checked, Report | None]:
    """Return how the copy was looked into and what came of it. Raises Invalid if it cannot even be read."""
    kind = dumps.kind_of(draft)
    if (damage := dumps.damage(draft, kind)) is not None:
        raise Invalid({"file": f"The copy is damaged: {damage}."})
    if kind is Kind.POSTGRESQL:
        with dumps.scratch(db.engine) as url:
            if url is None:
                return Checked.READ, None
            with schema.elsewhere(url):
                with progress("Restoring", None):
                    dumps.read(draft, db.engine)
                    schema.bring_up_to_date()
                return Checked.RESTORED, _verified(progress)
    with _readable(draft) as copy, schema.elsewhere(sa.URL.create("sqlite", database=str(copy))):
        schema.bring_up_to_date()
        report = _verified(progress)
    dumps.settle(draft)
    return Checked.OPENED, report


@contextmanager
def _readable(draft: Path) -> Iterator[Path]:
    """Give the copy, or a copy of it where it must be upgraded before it can be verified: it stays what it was."""
    if dumps.migration(draft, Kind.SQLITE) == schema.newest():
        yield draft
        return
    with tempfile.TemporaryDirectory(dir=draft.parent, prefix=f"{draft.name}.") as room:
        copy = Path(room) / draft.name
        shutil.copyfile(draft, copy)
        yield copy


def _verified(progress: Progress) -> Report:
    with progress("Verifying", stats.everything().revisions) as tell:
        return verify.everything(progress=tell)


def _publish(draft: Path, file: Path, *, force: bool) -> None:
    """Give the draft its name, for good: a power cut afterwards takes neither the name nor the content."""
    _sync(draft)
    if force:
        draft.replace(file)
    else:
        try:
            os.link(draft, file)  # unlike a rename it never replaces what somebody put there meanwhile
        except FileExistsError:
            raise _taken(file) from None
        except OSError:  # a file system without links
            if file.exists():
                raise _taken(file) from None
            draft.rename(file)
    _sync(file.absolute().parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _must_fit(file: Path) -> None:
    """Raise Invalid unless `file` is a whole backup for this kind of database, of a Stet not newer than this one."""
    kind = dumps.kind_of(file)
    if kind != db.engine.dialect.name:
        raise Invalid({"file": f"{file} is a backup of {kind}, and DATABASE_URL names {db.engine.dialect.name}."})
    if (damage := dumps.damage(file, kind)) is not None:
        raise Invalid({"file": f"{file} is damaged: {damage}."})
    migration = dumps.migration(file, kind)
    if migration is None:
        raise Invalid({"file": f"{file} is not a backup of Stet."})
    if not schema.knows(migration):
        raise Invalid({"file": f"{file} is from a newer Stet than this one: install that first."})


def _must_be_empty() -> None:
    with db.engine.connect() as connection:
        there = sa.inspect(connection)
        for model in (User, Post):
            if there.has_table(model.__tablename__) and connection.scalar(sa.select(model.id).limit(1)) is not None:
                raise Invalid(
                    {"file": "There is a desk here already: restore into an empty STET_DATA or DATABASE_URL."}
                )
