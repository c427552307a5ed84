"""Who else has a post open in the editor."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from webapp import clock
from webapp.database import fetch
from webapp.history.people import Person, person_named
from webapp.models import Presence, User

LIFE = timedelta(seconds=60)
"""How long somebody counts as present after the last sign of them."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has the post open; `editing` if they typed within `LIFE`."""

    person: Person
    editing: bool


_OTHERS = (
    sa.select(User.public_id, User.name, Presence.edited_at)
    .join(User, User.id == Presence.user_id)
    .where(
        Presence.post_id == sa.bindparam("post_id"),
        Presence.user_id != sa.bindparam("user_id"),
        Presence.seen_at > sa.bindparam("since", type_=Presence.seen_at.type),
    )
    .order_by(sa.func.lower(User.name), User.id)
)


def others(post_id: int, *, by: User) -> tuple[Present, ...]:
    """Return who besides `by` has the post open, those who edit first, then by name."""
    since = clock.now() - LIFE
    rows = fetch(_OTHERS, {"post_id": post_id, "user_id": by.id, "since": since})
    present = [
        Present(person_named(row.public_id, row.name), editing=row.edited_at is not None and row.edited_at > since)
        for row in rows
    ]
    return tuple(sorted(present, key=lambda one: not one.editing))
