"""Take backups while people write: no save that was acknowledged before may be missing from one."""

import os
from dataclasses import dataclass

import sqlalchemy as sa

from tests import databases
from tests.soak import desk as desks
from tests.soak.desk import Desk
from tests.soak.writer import Writer
from webapp import schema
from webapp.models import Post
from webapp.operations import backup

WRITERS = 8


@dataclass(frozen=True, slots=True)
class BackedUp:
    """How many backups, of how many saves in the end."""

    backups: int
    saves: int
    checked: str
    faults: tuple[str, ...]


def run(backend: str, *, backups: int, writers: int = WRITERS) -> BackedUp:
    """Take `backups` one after the other."""
    os.environ["PATH"] = f"{databases.PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    faults: list[str] = []
    with desks.fresh(backend) as desk, desk.serving():
        people = desks.writers(desk, writers)
        for person in people:
            person.start()
        checked = ""
        for number in range(backups):
            before = [len(person.ledger.saved) for person in people]
            with desk.open():
                made = backup.take(desk.folder / f"{number}.bak")
            checked = made.checked
            if made.report is None or not made.report.ok:
                faults.append(f"backup {number}: {made.report}")
            elif made.report.revisions < sum(before) + writers:
                faults.append(f"backup {number} lacks {sum(before) + writers - made.report.revisions} saves")
            elif backend == "sqlite":
                faults += _missing(desk, number, people, before)
        for person in people:
            person.stop()
            person.settle()
            faults += person.ledger.wrong
        return BackedUp(backups, sum(len(person.ledger.saved) for person in people), checked, tuple(faults))


def _missing(desk: Desk, number: int, people: list[Writer], before: list[int]) -> list[str]:
    """Return the posts of which a text is not byte for byte what was acknowledged before the backup began."""
    with schema.elsewhere(sa.URL.create("sqlite", database=str(desk.folder / f"{number}.bak"))):
        return [
            f"backup {number}: post {person.ledger.post_id} is not what was acknowledged"
            for person, count in zip(people, before, strict=True)
            if [row.body for row in Post.get(person.ledger.post_id).versions][1 : count + 1]
            != person.ledger.saved[:count]
        ]
