"""The one way in which text leaves the history: blanked with a witness, the chain of hashes kept whole."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, scrub_afterwards, transaction, version_class
from webapp.errors import Invalid, Missing
from webapp.history.preview import Numbered
from webapp.models import Actor, Erasure, Event, ImportSource, Label, Post, Published, Side, StoredText
from webapp.operations import forget, trash
from webapp.pure import batches, content, delta, plural
from webapp.pure.roles import Ability


def post_for_good(post: Numbered, *, reason: str, by: Actor) -> None:
    """Take every text, title, tag, note and label of a post in the trash out; numbers, people and times stay.

    Raises NotAllowed, Missing when it is not in the trash or already gone, Invalid without a reason that can be stored.
    """
    reason = content.reason(reason)
    with transaction(by_id=by.id):
        post = Post.lock(post.id)
        by.must(Ability.ERASE, post)
        if trash.stay(post) is None or post.text_id is None:
            raise Missing
        _blank(post, range(post.revision + 1), reason=reason, by=by, retention=False)
        # Not through the mapper: Continuum would make a revision of it.
        db.session.execute(
            sa.update(cast(sa.Table, Post.__table__))
            .where(Post.id == post.id)
            .values(title="", tags="", note="", summary=None, body="", salt=None, text_id=None)
        )
        db.session.execute(sa.delete(Published).where(Published.post_id == post.id))
        db.session.execute(sa.delete(ImportSource).where(ImportSource.post_id == post.id))
        forget.of_post(post.id)
        db.session.execute(sa.delete(StoredText).where(StoredText.post_id == post.id))
        StoredText.forget()
        Event.log("erase post", by=by, post_id=post.id, detail=reason)
        scrub_afterwards()


def revisions(post: Numbered, numbers: Collection[int], *, reason: str, by: Actor, retention: bool = False) -> int:
    """Take the texts of some revisions out, and their labels, and return how many were still there.

    The latest revision and the published one are refused with Invalid: save or publish another one first; so are a
    labelled one by `retention`, and a reason that cannot be stored. Equal texts of revisions that stay are kept.
    Raises NotAllowed, Missing for a number that the post does not have.
    """
    reason = content.reason(reason)
    with transaction(by_id=by.id):
        post = Post.lock(post.id)
        by.must(Ability.ERASE, post)
        _refuse_shown(post, numbers)
        if retention:
            _refuse_labelled(post, numbers)
        blanked = _blank(post, numbers, reason=reason, by=by, retention=retention)
        if blanked:
            # Readers may have seen any of them before; which one the words quote is not worth finding out.
            db.session.execute(sa.update(Published).where(Published.post_id == post.id).values(summary=None))
        if not retention:
            forget.past_states(post.id)
        _drop_unused_texts(post.id)
        detail = f"{plural.of(blanked, 'revision')}: {reason}"
        Event.log("prune" if retention else "erase", by=by, post_id=post.id, detail=detail)
        scrub_afterwards()
        return blanked


def _refuse_shown(post: Post, numbers: Collection[int]) -> None:
    if any(not 0 <= number <= post.revision for number in numbers):
        raise Missing
    live = db.session.get(Published, post.id)
    if post.revision in numbers:
        raise Invalid({"revision": "This is the latest revision: save one without the text first."})
    if live is not None and live.revision in numbers:
        raise Invalid({"revision": "Readers see this revision: publish another one first."})


def _refuse_labelled(post: Post, numbers: Collection[int]) -> None:
    labelled = db.session.scalars(sa.select(Label.revision).where(Label.post_id == post.id, Label.removed_at.is_(None)))
    if not set(numbers).isdisjoint(labelled):
        raise Invalid({"revision": "This revision has a label: remove it first."})


def _blank(post: Post, numbers: Collection[int], *, reason: str, by: Actor, retention: bool) -> int:
    """Blank the version rows that still have a text and return their number."""
    version = version_class(Post).__table__
    of_post = (version.c.id == post.id, version.c.text_id.is_not(None))
    blanked = 0
    for batch in batches.of(sorted(numbers)):
        kept = db.session.scalars(sa.select(version.c.revision).where(*of_post, version.c.revision.in_(batch))).all()
        if not kept:
            continue
        at = clock.now()
        witness = {"post_id": post.id, "by_id": by.id, "at": at, "retention": retention, "reason": reason}
        db.session.execute(sa.insert(Erasure), [{**witness, "revision": number} for number in kept])
        db.session.execute(
            sa.update(version)
            .where(*of_post, version.c.revision.in_(kept))
            .values(title="", tags="", note="", summary=None, salt=None, text_id=None)
        )
        db.session.execute(sa.delete(Side).where(Side.post_id == post.id, Side.revision.in_(kept)))
        _silence(post, [number + 1 for number in kept])
        _blank_labels(post.id, kept, by=by, at=at)
        blanked += len(kept)
    return blanked


def _silence(post: Post, numbers: Sequence[int]) -> None:
    """Take out the words for what changed in these revisions, which quote the texts before them."""
    version = version_class(Post).__table__
    of_these = (version.c.id == post.id, version.c.revision.in_(numbers), version.c.summary.is_not(None))
    db.session.execute(sa.update(version).where(*of_these).values(summary=None))
    if post.revision in numbers:
        # Not through the mapper: Continuum would make a revision of it.
        db.session.execute(sa.update(cast(sa.Table, Post.__table__)).where(Post.id == post.id).values(summary=None))


def _blank_labels(post_id: int, numbers: Sequence[int], *, by: Actor, at: datetime) -> None:
    """End the labels of these revisions, and forget what they and all before them said."""
    of_these = (Label.post_id == post_id, Label.revision.in_(numbers))
    ending = {"removed_at": at, "removed_by_id": by.id}
    db.session.execute(sa.update(Label).where(*of_these, Label.removed_at.is_(None)).values(ending))
    db.session.execute(sa.update(Label).where(*of_these).values(name=""))


def _drop_unused_texts(post_id: int) -> None:
    """Delete the texts that no revision has any more, after packing anew those that lean on them."""
    version = version_class(Post).__table__
    used = sa.union_all(
        sa.select(version.c.text_id).where(version.c.id == post_id, version.c.text_id.is_not(None)),
        sa.select(Side.text_id).where(Side.post_id == post_id),
    )
    bases: dict[int, int | None] = dict(
        db.session.execute(sa.select(StoredText.seq, StoredText.base_seq).where(StoredText.post_id == post_id)).all()
    )
    found = sa.select(StoredText.seq, StoredText.id).where(StoredText.post_id == post_id, StoredText.id.not_in(used))
    unused: dict[int, int] = dict(db.session.execute(found).all())
    forget.lean_on_others(unused.values())
    for seq, base_seq in bases.items():
        if seq not in unused and base_seq in unused:
            _pack_anew(post_id, seq, _first_kept(base_seq, bases, unused))
    for batch in batches.of(sorted(unused)):
        db.session.execute(sa.delete(StoredText).where(StoredText.post_id == post_id, StoredText.seq.in_(batch)))
    StoredText.forget()


def _first_kept(seq: int | None, bases: dict[int, int | None], unused: Collection[int]) -> int | None:
    while seq is not None and seq in unused:
        seq = bases[seq]
    return seq


def _pack_anew(post_id: int, seq: int, base_seq: int | None) -> None:
    base = None if base_seq is None else StoredText.unpack(post_id, base_seq)
    packed = delta.pack(StoredText.unpack(post_id, seq), base)
    db.session.execute(
        sa.update(StoredText)
        .where(StoredText.post_id == post_id, StoredText.seq == seq)
        .values(base_seq=base_seq, packed=packed)
    )
