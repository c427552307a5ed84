"""Two people at work for long: what `machine.py` does, at a fresh desk and many more times than in the tests."""

from dataclasses import dataclass

import sqlalchemy as sa

from tests.soak import desk as desks
from tests.soak import machine
from webapp import schema
from webapp.database import db, version_class
from webapp.history import verify
from webapp.models import OPERATOR, Draft, Post, Side
from webapp.operations import people
from webapp.pure.roles import Role

STEPS = 60


@dataclass(frozen=True, slots=True)
class Worked:
    """How much there was of what."""

    posts: int
    revisions: int
    merged: int
    drafts: int
    states: int
    faults: tuple[str, ...]


def run(backend: str, *, examples: int) -> Worked:
    """Have them work at `examples` posts; raises the first thing that is not as the model says."""
    with desks.fresh(backend) as desk, desk.open():
        schema.bring_up_to_date()
        roles = {"author": Role.AUTHOR, "editor": Role.EDITOR, "admin": Role.ADMIN}
        staff = {
            name: people.add(email=f"{name}@desk.example", name=name, role=role, password=None, by=OPERATOR)
            for name, role in roles.items()
        }
        machine.work(**staff, examples=examples, steps=STEPS)
        report = verify.everything()
        tables = (Post, version_class(Post), Side, Draft, version_class(Draft))
        counts = [db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables]
        return Worked(*counts, faults=() if report.ok else (f"stet verify: {report.first_bad}",))
