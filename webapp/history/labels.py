"""The names of a revision: the one it has, and those it had, with who gave and took them when."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from webapp.database import db
from webapp.history.people import Person, person
from webapp.history.preview import Numbered
from webapp.models import Label, User


@dataclass(frozen=True, slots=True)
class Naming:
    """One name of a revision. `by` is None for the operator of the machine; `until` None while it still has it."""

    name: str
    by: Person | None
    at: datetime
    until: datetime | None
    ended_by: Person | None


_Ender = aliased(User)


def of(post: Numbered, number: int) -> tuple[Naming, ...]:
    """Return all names that a revision ever had, the newest first; one that was erased is left out."""
    query = (
        sa.select(Label, User, _Ender)
        .outerjoin(User, User.id == Label.named_by_id)
        .outerjoin(_Ender, _Ender.id == Label.removed_by_id)
        .where(Label.post_id == post.id, Label.revision == number, Label.name != "")
        .order_by(Label.id.desc())
    )
    return tuple(
        Naming(
            name=label.name,
            by=None if by is None else person(by),
            at=label.named_at,
            until=label.removed_at,
            ended_by=None if ended_by is None else person(ended_by),
        )
        for label, by, ended_by in db.session.execute(query)
    )
