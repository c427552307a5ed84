"""Bring an old revision back, as a new one on top."""

from webapp.history import preview
from webapp.history.preview import Numbered
from webapp.models import Actor
from webapp.operations import posts
from webapp.operations.posts import Saved
from webapp.pure.content import TAG_SEPARATOR
from webapp.pure.kind import Kind


def revision(post: Numbered, number: int, *, seen: int, by: Actor, save_id: str | None = None) -> Saved:
    """Save title, text and tags of revision `number` as the newest revision, which names it as its source.

    Nothing is lost by it, and when it would change nothing, nothing is made. Raises Missing for a number that the
    post does not have, Gone for a text that is not kept, NotAllowed, or Conflict if the post moved past `seen`.
    """
    old = preview.at(post, number)
    return posts.write(
        post,
        title=old.title,
        body=old.body,
        tags=TAG_SEPARATOR.join(old.tags),
        note="",
        seen=seen,
        by=by,
        kind=Kind.RESTORED,
        source_revision=old.number,
        save_id=save_id,
    )
