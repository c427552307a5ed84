"""How the tests of `operations/drafts.py` autosave and save, and what drafts they find."""

import sqlalchemy as sa

from webapp.database import db
from webapp.history import drafts as reading
from webapp.models import Post, User
from webapp.operations import drafts, posts
from webapp.operations.drafts import Kept, Sender

WHOLE = {"title": "A post", "body": "one", "tags": "", "note": ""}


def autosave(post: Post | None, by: User, body: str, *, form: str = "form", turn: int = 1, **more) -> Kept:
    """Send `body` from a form that was filled with the latest revision, unless `more` says otherwise."""
    filled = {name: more.pop(name) for name in ("seen", "source", "draft", "state", "caret") if name in more}
    if post is not None:
        filled.setdefault("seen", post.revision)
    sender = Sender(save_id=form, turn=turn, **filled)
    return drafts.autosave(None if post is None else post.id, **(WHOLE | {"body": body} | more), sender=sender, by=by)


def bodies(draft_id: int | None, by: User) -> list[str]:
    """Return what the states of a draft say, the oldest first."""
    card = reading.card(draft_id or 0, by=by)
    return [reading.at(card.id, row.number, by=by).body for row in reversed(reading.states(card))]


def found(post: Post | None, by: User) -> list[tuple[str, str | None]]:
    """Return the newest text of each draft of `by`, and how it ended."""
    post_id = None if post is None else post.id
    return [(reading.at(card.id, by=by).body, card.ending) for card in reading.of_post(post_id, by=by)]


def count(*tables: type) -> list[int]:
    return [db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables]


def save(post: Post | None, by: User, body: str, *, form: str = "form", turn: int = 9, **filled) -> posts.Saved:
    seen = None if post is None else post.revision
    sender = Sender(save_id=form, turn=turn, seen=seen, **filled)
    return posts.write(
        post, **(WHOLE | {"body": body}), seen=seen, by=by, save_id=form,
        then=lambda saved: drafts.end(sender=sender, saved=saved, by=by),
    )  # fmt: skip
