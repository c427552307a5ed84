"""What was done to posts besides saving: published, put in the trash, labelled, erased; from the audit log."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from webapp.database import fetch
from webapp.history.happening import Change, Cursor, Entry
from webapp.history.people import person_named
from webapp.history.reach import reach
from webapp.models import Event, Post, Published, Trashing, User
from webapp.pure.roles import Ability

_IN_TRASH = sa.and_(Trashing.post_id == Post.id, Trashing.ended_at.is_(None))
# Written out, because a partial index serves only the condition that it was made with.
_IS_TOLD = sa.and_(Event.post_id.is_not(None), Event.verb != sa.literal_column("'save'"))
_LAST = sa.select(Event.at).where(_IS_TOLD).order_by(Event.id.desc()).limit(1)


def entries(
    by: User, *, person: User | None, verbs: Sequence[str], before: Cursor, size: int
) -> list[tuple[Cursor, Entry]]:
    """Return the `size` newest lines that `by` may know of, each with where it ends."""
    may_edit = reach(by, Ability.EDIT)
    outside = Trashing.id.is_(None)
    # Of a post in the trash only that it went there, of one deleted for good only that.
    to_editors = sa.or_(
        outside,
        sa.and_(Event.verb == "delete", Post.text_id.is_not(None)),
        Event.verb == "erase post",
    )
    to_all = sa.and_(outside, Event.verb == "publish", Event.revision == Published.revision)
    query = (
        sa.select(
            Event.id,
            Event.at,
            Event.verb,
            Event.post_id,
            Event.revision,
            sa.case((may_edit, Post.title), else_=Published.title).label("title"),
            may_edit.label("may_edit"),
            Trashing.id.label("trashing_id"),
            User.public_id,
            User.name,
        )
        .join(Post, Post.id == Event.post_id)
        .outerjoin(Trashing, _IN_TRASH)
        .outerjoin(Published, Published.post_id == Post.id)
        .outerjoin(User, User.id == Event.by_id)
        .where(_IS_TOLD, Event.id < before.event, Event.verb != "import")
        .where(sa.or_(sa.and_(may_edit, to_editors), to_all))
        .order_by(Event.id.desc())
        .limit(size)
    )
    if person is not None:
        query = query.where(Event.by_id == person.id)
    if verbs:
        query = query.where(Event.verb.in_(verbs))
    return [(Cursor(transaction=before.transaction, event=row.id), _line(row)) for row in fetch(query, {})]


def _line(row: sa.Row) -> Entry:
    change = Change(
        post_id=row.post_id,
        title=row.title,
        may_edit=bool(row.may_edit),
        revision=row.revision,
        in_trash=row.trashing_id is not None,
    )
    who = () if row.public_id is None else (person_named(row.public_id, row.name),)
    return Entry(at=row.at, verb=row.verb, people=who, changes=(change,))


def last_told_at() -> datetime | None:
    """Return when something was last done to a post besides saving."""
    at: datetime | None = fetch(_LAST, {}).scalar()
    return at
