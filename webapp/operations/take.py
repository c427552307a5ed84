"""Save a text into which parts of older revisions were taken back."""

from collections.abc import Callable, Mapping, Sequence

from webapp.database import insert
from webapp.history import preview
from webapp.history.preview import Numbered
from webapp.models import Post, RevisionSource, User
from webapp.operations import merging
from webapp.operations.merging import Merged
from webapp.operations.posts import Saved
from webapp.pure.kind import Kind
from webapp.pure.reconcile import Answer


def save(
    post: Numbered,
    *,
    title: str,
    body: str,
    tags: str,
    note: str,
    sources: Sequence[int],
    seen: int | None,
    by: User,
    answers: Mapping[str, Answer] | None = None,
    save_id: str | None = None,
    then: Callable[[Saved], None] | None = None,
) -> Merged:
    """Save a revision that names the revisions in `sources`, one at least, as those that parts of it come from.

    Otherwise as `merging.save`. Raises Missing also for a source that the post does not have.
    """
    numbers = sorted({preview.number_of(post, source) for source in sources}, reverse=True)

    def remember(saved: Saved) -> None:
        if saved.made:
            name_sources(saved, numbers)
        if then is not None:
            then(saved)

    return merging.save(
        post,
        title=title,
        body=body,
        tags=tags,
        note=note,
        seen=seen,
        by=by,
        kind=Kind.HUNKS,
        source_revision=numbers[0],
        answers=answers,
        save_id=save_id,
        then=remember,
    )


def name_sources(saved: Saved, numbers: Sequence[int]) -> None:
    """Note the sources of a revision, unless it names the only one itself. For the transaction of the save."""
    if [*numbers] == [Post.get(saved.post_id).source_revision]:
        return
    for number in numbers:
        insert(RevisionSource, {"post_id": saved.post_id, "revision": saved.revision, "source": number})
