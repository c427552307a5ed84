"""Save what somebody typed while another one saved: both changes go in where they go together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from webapp.database import insert, transaction
from webapp.errors import Conflict, Missing
from webapp.history import merging, preview
from webapp.history.preview import Numbered
from webapp.models import Post, Side, StoredText, User
from webapp.operations import drafts, posts
from webapp.operations.drafts import Sender
from webapp.operations.posts import Saved
from webapp.pure.content import TAG_SEPARATOR, Writing
from webapp.pure.kind import Kind
from webapp.pure.reconcile import Answer

TURNS = 20
"""How often somebody else may be faster, before the one who saves is asked."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The answer to a save. `merged_with` is the revision whose change went in too, None if there was none."""

    saved: Saved
    merged_with: int | None = None


def save(
    post: Numbered,
    *,
    title: str,
    body: str,
    tags: str,
    note: str,
    seen: int | None,
    by: User,
    kind: Kind = Kind.WRITTEN,
    source_revision: int | None = None,
    answers: Mapping[str, Answer] | None = None,
    save_id: str | None = None,
    then: Callable[[Saved], None] | None = None,
) -> Merged:
    """Save on top of revision `seen`, or if the post has moved on, merged with what came after it.

    Where the two changed the same words, `answers` decide by the keys of the questions; what was typed stays beside the
    merged revision as its `Side`, also where all of them are for the other's words. Raises what `posts.write` raises;
    Conflict is for what has no answer yet, and for texts that cannot be merged: then nothing is written.
    """
    try:
        saved = posts.write(
            post, title=title, body=body, tags=tags, note=note, seen=seen, by=by, kind=kind,
            source_revision=source_revision, save_id=save_id, then=then,
        )  # fmt: skip
        return Merged(saved)
    except Conflict as first:
        conflict = first
    for _ in range(TURNS):
        stands = Post.get(post.id)
        race = merging.race(stands, title=title, tags=tags, body=body, seen=seen)
        if seen is None or race.together is None or race.together.unanswered(answers or {}):
            raise conflict
        typed, writing = race.typed, race.together.writing(answers)
        is_merge = writing != typed  # else every choice was one's own, and this is a text like any other
        is_decided = is_merge and bool(race.together.questions)  # for theirs too, and what was typed has to stay

        def beside(saved: Saved, *, keeps: bool = is_merge, typed: Writing = typed, seen: int = seen) -> None:
            if saved.made and keeps:
                _keep_side(saved, typed, seen=seen, by=by)
            if then is not None:
                then(saved)

        try:
            saved = posts.write(
                post, title=writing.title, body=writing.body, tags=TAG_SEPARATOR.join(writing.tags), note=note,
                seen=race.latest.number, by=by, kind=Kind.MERGED if is_merge else kind,
                source_revision=race.latest.number if is_merge else source_revision, save_id=save_id,
                repeats=is_decided, then=beside,
            )  # fmt: skip
            return Merged(saved, merged_with=race.latest.number)
        except Conflict as again:
            conflict = again
    raise conflict


def undo(post: Numbered, number: int, *, seen: int, by: User) -> Saved:
    """Take one's own change out of the merged revision `number` again, and go on with it as a draft.

    The post says what it said before the merge, in a new revision. Raises Missing if it is no merge of `by`,
    Conflict if the post moved past `seen`, Gone where a text is not kept, NotAllowed.
    """
    merged = preview.at(post, number)
    if merged.kind != Kind.MERGED or merged.source_revision is None:
        raise Missing
    side = merging.side(post.id, merged.number)
    if side.by.public_id != by.public_id:
        raise Missing
    before = preview.at(post, merged.source_revision)
    with transaction(by_id=by.id):
        saved = posts.write(
            post, title=before.title, body=before.body, tags=TAG_SEPARATOR.join(before.tags), note="",
            seen=seen, by=by, kind=Kind.UNDONE, source_revision=merged.number, repeats=True,
        )  # fmt: skip
        drafts.autosave(
            post.id, title=side.title, body=side.body, tags=TAG_SEPARATOR.join(side.tags), note="",
            sender=Sender(save_id=f"unmerged {post.id} in {saved.revision}", turn=1, seen=saved.revision), by=by,
        )  # fmt: skip
        return saved


def _keep_side(saved: Saved, typed: Writing, *, seen: int, by: User) -> None:
    text_id = StoredText.keep(saved.post_id, typed.body.encode())
    side = {"post_id": saved.post_id, "revision": saved.revision, "seen": seen, "by_id": by.id, "text_id": text_id}
    insert(Side, {**side, "title": typed.title, "tags": TAG_SEPARATOR.join(typed.tags)})
