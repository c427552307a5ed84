"""Keep what somebody types before they save it: every state of it, for its owner alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from flask import current_app

from webapp import clock
from webapp.database import db, fetch, transaction, version_class
from webapp.errors import Missing
from webapp.models import Draft, DraftText, Event, Post, StoredText, User
from webapp.operations import forget, receipts, turns
from webapp.operations.posts import Saved
from webapp.pure import content, delta
from webapp.pure.content import Content
from webapp.pure.roles import Ability


class Ending(StrEnum):
    """How a draft ended."""

    SAVED = "saved"
    DISCARDED = "discarded"
    UNCHANGED = "unchanged"
    """All changes were typed away again."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Which form sends what was typed, and what it was filled with.

    `save_id` is the form's, `turn` counts what it sends: 1, 2, 3 …. `draft` and `state` are set if the form was filled
    with a state of a draft, else it was filled with revision `source` (None: the latest, `seen`; of a new post both
    are None). `taken` are the revisions that parts were taken back from, as the form writes them. `caret` is in UTF-16
    units.
    """

    save_id: str
    turn: int
    seen: int | None = None
    source: int | None = None
    taken: str = ""
    draft: int | None = None
    state: int | None = None
    caret: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer to an autosave. `sha256` is of all that is stored (`content.fingerprint`).

    `draft_id` and `state` are None when the text is that of the revision that it grew from, or was saved meanwhile.
    `late`: something newer from the same form is stored already.
    """

    sha256: bytes
    at: datetime
    draft_id: int | None = None
    state: int | None = None
    made: bool = False
    late: bool = False


# Built once: this is asked every time somebody stops to think.
_POST = (
    sa.select(Post.id, Post.author_id, Post.text_id)
    .where(Post.id == sa.bindparam("post_id"))
    .with_for_update(key_share=True, read=True)
)
_VERSION = version_class(Post)
_GREW_FROM = (
    sa.select(_VERSION.title, _VERSION.tags, _VERSION.text_id, StoredText.sha256)
    .join(StoredText, StoredText.id == _VERSION.text_id)
    .where(_VERSION.id == sa.bindparam("post_id"), _VERSION.revision == sa.bindparam("revision"))
)


def autosave(
    post_id: int | None,
    *,
    title: str,
    body: str,
    tags: str,
    note: str,
    sender: Sender,
    by: User,
    had_right: bool = False,
) -> Kept:
    """Keep what was typed, as it was typed, in a draft of `by`; with None for a post that is not there yet.

    The form goes on with its own draft. A draft that it was filled with it takes over, unless another form has written
    there since: then it begins one beside it, so that neither text replaces the other. Equal states are kept once.

    Whoever lost the right to edit still gets their text kept: who has a draft there, or `had_right` when the form was
    made. Raises Missing for everybody else without the right and for a post that was deleted for good, Invalid or
    TooLarge.
    """
    limit = current_app.config["MAX_BODY_BYTES"]
    typed = content.as_typed(title=title, body=body, tags=tags, note=note, max_body_bytes=limit)
    sha256 = delta.fingerprint(typed.body_bytes)
    at = clock.now()
    with transaction(by_id=by.id):
        _lock(post_id, by=by, had_right=had_right)
        draft = _draft(sender, by=by)
        if draft is not None and draft.post_id not in (None, post_id):
            raise Missing
        if draft is not None and draft.save_id == sender.save_id and sender.turn <= draft.turn:
            return Kept(_fingerprint_of(draft), draft.kept_at, draft.id, draft.state, late=True)
        if draft is not None and draft.ended_at is not None and draft.ending != Ending.UNCHANGED:
            draft = None
        root_id, unchanged = _grew_from(post_id, sender, typed, sha256)
        if draft is None:
            saved = receipts.of(sender.save_id, by=by)
            if unchanged or (saved is not None and saved.holds(typed)):
                return Kept(content.fingerprint(typed), at)
            draft = Draft(owner_id=by.id, post_id=post_id)
            forget.by_age(of=by)
            forget.thin_out(of=by)
        return _kept(draft, typed, sender=sender, root_id=root_id, unchanged=unchanged, at=at)


def end(*, sender: Sender, saved: Saved, by: User) -> None:
    """End the draft of a form that was saved; for the transaction of the save. Other drafts stay as they are.

    So does this one if what was typed after the save has overtaken it.
    """
    turns.of_one(by)
    draft = _draft(sender, by=by)
    if draft is not None and draft.ended_at is None and not _is_ahead(draft, sender):
        draft.save_id, draft.turn = sender.save_id, sender.turn
        draft.post_id = saved.post_id
        draft.ended_at, draft.ending, draft.ended_revision = clock.now(), Ending.SAVED, saved.revision
        db.session.flush()


def discard(draft_id: int, *, by: User) -> Draft:
    """End a draft without saving it; `take_back` undoes it. Raises Missing for somebody else's."""
    with transaction(by_id=by.id):
        draft = _own(draft_id, by=by)
        if draft.ended_at is None:
            draft.ended_at, draft.ending = clock.now(), Ending.DISCARDED
            Event.log("discard draft", by=by, post_id=draft.post_id)
        return draft


def take_back(draft_id: int, *, by: User) -> Draft:
    """Go on with a draft that was discarded. Raises Missing for somebody else's and for one that was let go of.

    One that was saved is left alone: its text is a revision.
    """
    with transaction(by_id=by.id):
        draft = _own(draft_id, by=by)
        if draft.ended_at is not None and draft.ending != Ending.SAVED:
            draft.ended_at = draft.ending = None
            Event.log("take draft back", by=by, post_id=draft.post_id)
        return draft


def _lock(post_id: int | None, *, by: User, had_right: bool) -> None:
    """Let autosaves of one person come one by one, and none of them beside a save of the post."""
    if post_id is None:
        allowed = by.may(Ability.CREATE)
    else:
        post = fetch(_POST, {"post_id": post_id}).one_or_none()
        if post is None or post.text_id is None:
            raise Missing
        allowed = by.may(Ability.EDIT, post)
    turns.of_one(by)
    if not (allowed or had_right or _has_one(post_id, by=by)):
        raise Missing


def _has_one(post_id: int | None, *, by: User) -> bool:
    """Return whether `by` has an open draft there, and so once had the right."""
    of_post = Draft.post_id.is_(None) if post_id is None else Draft.post_id == post_id
    mine = sa.select(Draft.id).where(Draft.owner_id == by.id, of_post, Draft.ended_at.is_(None))
    return db.session.scalar(mine.limit(1)) is not None


def _draft(sender: Sender, *, by: User) -> Draft | None:
    """Return the form's own draft, locked, else the one that it was filled with if it has seen its newest state."""
    draft_id = Draft.of_form(by.id, sender.save_id)
    if draft_id is not None:
        return Draft.lock(draft_id)
    filled = None if sender.draft is None else Draft.lock(sender.draft)
    if filled is None or filled.owner_id != by.id or filled.state != sender.state:
        return None
    return filled


def _is_ahead(draft: Draft, sender: Sender) -> bool:
    """Return whether the draft has something that the form sent after this; a form without a script counts nothing."""
    return draft.save_id == sender.save_id and 0 < sender.turn < draft.turn


def _grew_from(post_id: int | None, sender: Sender, typed: Content, sha256: bytes) -> tuple[int | None, bool]:
    """Return the text to lean on, and whether the form says just what it was filled with."""
    words = (typed.title, typed.tags, sha256)
    if post_id is None:
        return None, words == ("", "", delta.fingerprint(b"")) and not typed.note
    revision = sender.seen if sender.source is None else sender.source
    base = fetch(_GREW_FROM, {"post_id": post_id, "revision": revision}).one_or_none()
    if base is None:
        return None, False
    return base.text_id, words == (base.title, base.tags, base.sha256) and not typed.note


def _kept(
    draft: Draft,
    typed: Content,
    *,
    sender: Sender,
    root_id: int | None,
    unchanged: bool,
    at: datetime,
) -> Kept:
    draft.save_id, draft.turn, draft.caret = sender.save_id, sender.turn, sender.caret
    draft.ended_at, draft.ending = (at, Ending.UNCHANGED) if unchanged else (None, None)
    is_new = draft.id is None
    text_seq = 0 if is_new else DraftText.keep(draft.id, typed.body_bytes, root_id=root_id)
    now = (text_seq, typed.title, typed.tags, typed.note, sender.seen, sender.source, sender.taken or None)
    was = (draft.text_seq, draft.title, draft.tags, draft.note, draft.seen, draft.source, draft.taken)
    made = is_new or now != was
    if made:
        draft.state = 0 if is_new else draft.state + 1
        draft.text_seq, draft.title, draft.tags, draft.note, draft.seen, draft.source, draft.taken = now
        draft.kept_at = at
        db.session.add(draft)
    db.session.flush()
    if is_new:
        DraftText.keep(draft.id, typed.body_bytes, root_id=root_id)
    if unchanged:
        return Kept(content.fingerprint(typed), draft.kept_at)
    return Kept(content.fingerprint(typed), draft.kept_at, draft.id, draft.state, made=made)


def _fingerprint_of(draft: Draft) -> bytes:
    body = DraftText.unpack(draft.id, draft.text_seq)
    return content.fingerprint(Content(draft.title, body.decode(), draft.tags, draft.note, body))


def _own(draft_id: int, *, by: User) -> Draft:
    turns.of_one(by)
    draft = Draft.lock(draft_id)
    if draft is None or draft.owner_id != by.id:
        raise Missing
    return draft
