"""Undo one revision in the middle, and leave what came after it."""

from collections.abc import Mapping

from webapp.history import undo
from webapp.history.preview import Numbered
from webapp.models import Actor
from webapp.operations import posts
from webapp.operations.posts import Saved
from webapp.pure.content import TAG_SEPARATOR
from webapp.pure.kind import Kind
from webapp.pure.reconcile import Answer


def revision(
    post: Numbered,
    number: int,
    *,
    answers: Mapping[str, Answer],
    seen: int,
    by: Actor,
    note: str = "",
    save_id: str | None = None,
) -> Saved:
    """Save the latest text without what revision `number` did to it, as a new revision that names what it undid.

    `answers` decide where later edits touched the same lines. Raises Invalid with the keys of the questions that have
    no answer, Missing, Gone, NotAllowed, or Conflict if the post moved past `seen`; then nothing is written.
    """
    # In what was seen, also when the post has moved on: the same undoing sent again is the same text then.
    undoing = undo.of(post, number, onto=seen)
    writing = undoing.together.writing(answers)
    return posts.write(
        post,
        title=writing.title,
        body=writing.body,
        tags=TAG_SEPARATOR.join(writing.tags),
        note=note,
        seen=seen,
        by=by,
        kind=Kind.UNDONE,
        source_revision=undoing.undone.number,
        save_id=save_id,
    )
