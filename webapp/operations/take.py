"""Save a text into which parts of older revisions were taken back."""

from collections.abc import Callable, Sequence

from webapp.database import insert
from webapp.history import preview
from webapp.history.preview import Numbered
from webapp.models import Actor, RevisionSource
from webapp.operations import posts
from webapp.operations.posts import Saved
from webapp.pure.kind import Kind


def save(
    post: Numbered,
    *,
    title: str,
    body: str,
    tags: str,
    note: str,
    sources: Sequence[int],
    seen: int | None,
    by: Actor,
    save_id: str | None = None,
    then: Callable[[Saved], None] | None = None,
) -> Saved:
    """Save a revision that names the revisions in `sources`, one at least, as those that parts of it come from.

    Otherwise as `posts.write`. Raises Missing also for a source that the post does not have.
    """
    numbers = sorted({preview.number_of(post, source) for source in sources}, reverse=True)

    def remember(saved: Saved) -> None:
        if saved.made:
            name_sources(saved, numbers)
        if then is not None:
            then(saved)

    return posts.write(
        post,
        title=title,
        body=body,
        tags=tags,
        note=note,
        seen=seen,
        by=by,
        kind=Kind.HUNKS,
        source_revision=numbers[0],
        save_id=save_id,
        then=remember,
    )


def name_sources(saved: Saved, numbers: Sequence[int]) -> None:
    """Note several sources of a revision; one alone is in the revision itself. For the transaction of the save."""
    for number in numbers if len(numbers) > 1 else ():
        insert(RevisionSource, {"post_id": saved.post_id, "revision": saved.revision, "source": number})
