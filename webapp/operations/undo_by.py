"""Undo all later edits of one person, and leave what others wrote."""

from collections.abc import Mapping

from webapp.errors import Invalid
from webapp.history import undo_by
from webapp.history.preview import Numbered
from webapp.models import Actor
from webapp.operations import posts, take
from webapp.operations.posts import Saved
from webapp.pure.content import TAG_SEPARATOR
from webapp.pure.kind import Kind
from webapp.pure.reconcile import UNANSWERED, Answer


def person(
    post: Numbered,
    public_id: str,
    *,
    since: int,
    answers: Mapping[str, Answer],
    seen: int,
    by: Actor,
    note: str = "",
    save_id: str | None = None,
) -> Saved:
    """Save the latest text without what the person did from revision `since` on; the new one names all that it undid.

    `answers` decide where others changed the same lines since. Raises Invalid with the keys of the questions that have
    no answer, Missing, NotAllowed, or Conflict if the post moved past `seen`; then nothing is written.
    """
    # In what was seen, also when the post has moved on: the same undoing sent again is the same text then.
    undoing = undo_by.of(post, public_id, since=since, onto=seen, answers=answers)
    if undoing.unanswered:
        raise Invalid(dict.fromkeys(undoing.unanswered, UNANSWERED))
    return posts.write(
        post,
        title=undoing.writing.title,
        body=undoing.writing.body,
        tags=TAG_SEPARATOR.join(undoing.writing.tags),
        note=note,
        seen=seen,
        by=by,
        kind=Kind.UNDONE,
        source_revision=max(undoing.numbers, default=None),
        save_id=save_id,
        then=lambda saved: take.name_sources(saved, undoing.numbers) if saved.made else None,
    )
