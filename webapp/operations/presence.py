"""Note that somebody has a post open. A lock it is not: whoever saves, saves."""

from datetime import timedelta

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, fetch, insert, transaction
from webapp.errors import Missing
from webapp.history.presence import LIFE
from webapp.models import Post, Presence, User
from webapp.operations import turns
from webapp.pure.roles import Ability

RENEWED_AFTER = timedelta(seconds=20)
"""A sign this old is given anew; a younger one says the same, so nothing is written."""

_MINE = (Presence.post_id == sa.bindparam("of_post"), Presence.user_id == sa.bindparam("of_user"))
_SIGN = (
    sa.select(Post.id, Post.author_id, Presence.seen_at, Presence.edited_at)
    .outerjoin(Presence, sa.and_(Presence.post_id == Post.id, Presence.user_id == sa.bindparam("of_user")))
    .where(Post.id == sa.bindparam("of_post"))
)


def note(post_id: int, *, editing: bool, by: User) -> None:
    """Note that `by` has the post open now, and types if `editing`; those who were not heard of for a minute go.

    Raises Missing for a post that is not there, NotAllowed.
    """
    now, mine = clock.now(), {"of_post": post_id, "of_user": by.id}
    sign = fetch(_SIGN, mine).one_or_none()
    if sign is None:
        raise Missing
    by.must(Ability.EDIT, sign)
    last = sign.edited_at if editing else sign.seen_at
    if last is not None and now - last < RENEWED_AFTER:
        return
    with transaction(by_id=by.id):
        turns.of_one(by)
        db.session.execute(sa.delete(Presence).where(Presence.seen_at < now - LIFE))
        signs = {"seen_at": now} | ({"edited_at": now} if editing else {})
        if not fetch(sa.update(Presence).where(*_MINE).values(signs), mine).rowcount:
            insert(Presence, {"post_id": post_id, "user_id": by.id, "edited_at": None} | signs)
