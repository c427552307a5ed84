"""Who wrote how much, in the posts that the one who looks may see."""

from dataclasses import dataclass

import sqlalchemy as sa

from webapp.database import fetch, version_class
from webapp.history import transactions
from webapp.history.people import Person, person_named
from webapp.models import Post, User

_VERSION = version_class(Post)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody wrote, in numbers."""

    revisions: int
    posts: int
    words_added: int
    words_removed: int


def of(person: User, *, by: User) -> Contribution:
    """Return what `person` wrote in the posts that `by` may edit; one query."""
    query = transactions.seen(
        sa.func.count(),
        sa.func.count(sa.distinct(_VERSION.id)),
        sa.func.coalesce(sa.func.sum(_VERSION.words_added), 0),
        sa.func.coalesce(sa.func.sum(_VERSION.words_removed), 0),
        by=by,
        person=person,
    )
    return Contribution(*fetch(query, {}).one())  # type: ignore[call-arg]


def people(*, by: User) -> list[Person]:
    """Return those who wrote in posts that `by` may edit, by name."""
    wrote = transactions.seen(sa.literal(1), by=by).where(_VERSION.editor_id == User.id).correlate(User)
    query = sa.select(User.public_id, User.name).where(wrote.exists()).order_by(sa.func.lower(User.name), User.id)
    return [person_named(*row) for row in fetch(query, {})]
