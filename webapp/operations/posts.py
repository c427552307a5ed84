"""The one door: every title, body and tag that a post ever has goes through `write()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app

from webapp import clock
from webapp.database import db, fetch, transaction
from webapp.errors import Conflict, Missing
from webapp.history.preview import Numbered
from webapp.models import Actor, Event, Post, Receipt, StoredText, Trashing, User
from webapp.operations import receipts, turns
from webapp.pure import chain, content, diff, summary, words
from webapp.pure.content import Content, Writing
from webapp.pure.kind import Kind
from webapp.pure.roles import Ability
from webapp.pure.words import WordChange


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer to a save. `made` is False when nothing had changed, or the same save was `sent_before`."""

    post_id: int
    revision: int
    made: bool
    sent_before: bool = False


class _Change(NamedTuple):
    """What a save does to the text before, in numbers and in words."""

    words: WordChange
    summary: str | None


# Built once: a save is made of many small questions.
_LIVE = sa.select(Post.id, Post.revision, Post.title, Post.tags, Post.body).where(Post.id == sa.bindparam("post_id"))
_IN_TRASH = sa.select(Trashing.id).where(Trashing.post_id == sa.bindparam("post_id"), Trashing.ended_at.is_(None))


def write(
    post: Numbered | None,
    *,
    title: str,
    body: str,
    tags: str,
    note: str,
    seen: int | None,
    by: Actor,
    editor: User | None = None,
    kind: Kind = Kind.WRITTEN,
    source_revision: int | None = None,
    save_id: str | None = None,
    at: datetime | None = None,
    repeats: bool = False,
    then: Callable[[Saved], None] | None = None,
) -> Saved:
    """Save a revision of `post`, or with None the first one of a new post.

    `seen` is the revision that the text grew from (None for a new post). `by` acts; `editor`, the one whom the
    revision names, is somebody else only when history is imported, and so is `at`, its moment, or the demo's. With a
    `save_id` the same save sent again gets the first answer. Nothing changed but the note: no revision is made, unless
    it `repeats` the one before to say that somebody decided so. `then` is called with every answer, inside of the
    transaction.

    Raises Invalid or TooLarge, NotAllowed, Missing for a post in the trash, or Conflict when the post moved past
    `seen`; then nothing is written.
    """
    limit = current_app.config["MAX_BODY_BYTES"]
    new = content.normalise(title=title, body=body, tags=tags, note=note, max_body_bytes=limit)
    # Outside of the lock: it takes time, and a post that changes meanwhile is nearly always a conflict anyway.
    stands = None if post is None else _as_it_stands(post.id)
    post_id = None if stands is None else stands.id
    change = _change(stands, new)
    editor = _editor(by, editor)
    with transaction(by_id=editor.id):
        # First of all: whoever sent the same save twice waits here, and then gets the answer to the first.
        if post_id is None and save_id:
            turns.take(Receipt)
        locked = None if post_id is None else Post.lock(post_id, by=by)
        saved = _answer_to(save_id, new, by=by, post_id=post_id)
        if saved is None:
            if locked is None:
                by.must(Ability.CREATE)
                locked = Post(id=Post.next_id(db.session()), author_id=editor.id, digest=chain.GENESIS)
            else:
                _check(locked, seen=seen, by=by)
                if stands is None or locked.revision != stands.revision:
                    change = _change(locked, new)
            if _same(locked, new) and not repeats:
                saved = Saved(locked.id, locked.revision, made=False)
            else:
                at = at or clock.now()
                _assign(locked, new, change, editor=editor, kind=kind, source_revision=source_revision, at=at)
                saved = _written(locked, by=by, save_id=save_id)
        if then is not None:
            then(saved)
        return saved


def _as_it_stands(post_id: int) -> sa.Row[tuple[int, int, str, str, str]]:
    """Return id, number and content of the post's latest revision, not locked. Raises Missing."""
    row = fetch(_LIVE, {"post_id": post_id}).one_or_none()
    if row is None:
        raise Missing
    return row


def _change(before: sa.Row[tuple[int, int, str, str, str]] | Post | None, new: Content) -> _Change:
    """Compare once; the words are made where no note says what changed, and something was there before."""
    comparison = diff.compare("" if before is None else before.body, new.body)
    if before is None or new.note:
        return _Change(words.of(comparison), None)
    old = Writing(before.title, content.split_tags(before.tags), before.body)
    line = summary.line(old, Writing(new.title, content.split_tags(new.tags), new.body), comparison)
    return _Change(words.of(comparison), line)


def _editor(by: Actor, editor: User | None) -> User:
    if editor is not None:
        return editor
    if not isinstance(by, User):
        raise TypeError("The operator writes on behalf of somebody: name the editor.")
    return by


def _answer_to(save_id: str | None, new: Content, *, by: Actor, post_id: int | None) -> Saved | None:
    """Return the answer that this very save got before.

    A name that comes again with another text, or for another post, is another save: somebody went back to a form that
    was saved, or typed on before its answer was lost. Then the name is forgotten, and the text is judged by itself.
    """
    answered = receipts.of(save_id, by=by) if save_id else None
    if save_id is None or answered is None:
        return None
    if answered.is_of(new) and post_id in (None, answered.post_id):
        return Saved(answered.post_id, answered.revision, made=False, sent_before=True)
    receipts.forget(save_id, by=by)
    return None


def _check(post: Post, *, seen: int | None, by: Actor) -> None:
    by.must(Ability.EDIT, post)
    if fetch(_IN_TRASH, {"post_id": post.id}).one_or_none() is not None:
        raise Missing("This post is in the trash. Take it back first.")
    if seen != post.revision:
        raise Conflict(seen=-1 if seen is None else seen, latest=post.revision)


def _same(post: Post, new: Content) -> bool:
    return (post.title, post.tags, post.body) == (new.title, new.tags, new.body)


def _assign(
    post: Post,
    new: Content,
    change: _Change,
    *,
    editor: User,
    kind: Kind,
    source_revision: int | None,
    at: datetime,
) -> None:
    # All queries first: one that came between two assignments would flush half a revision.
    latest = None if post.revision is None else post.body.encode()
    text_id = StoredText.keep(post.id, new.body_bytes, latest=latest)
    by = editor.public_id
    revision = 0 if post.revision is None else post.revision + 1
    salt = chain.new_salt()
    commitment = chain.commitment(salt, title=new.title, tags=new.tags, note=new.note, body=new.body)
    post.digest = chain.digest(
        post=post.id,
        revision=revision,
        at=at,
        by=by,
        kind=kind,
        source=source_revision,
        commitment=commitment,
        previous=post.digest,
    )
    post.salt, post.commitment = salt, commitment
    post.title, post.tags, post.body, post.note, post.text_id = new.title, new.tags, new.body, new.note, text_id
    post.revision, post.kind, post.source_revision = revision, kind, source_revision
    post.words_added, post.words_removed, post.summary = change.words.added, change.words.removed, change.summary
    post.editor_id, post.saved_at = editor.id, at


def _written(post: Post, *, by: Actor, save_id: str | None) -> Saved:
    db.session.add(post)
    db.session.flush()
    if by.id is not None:
        Event.log("save", by=by, post_id=post.id, revision=post.revision)
        if save_id:
            receipts.keep(save_id, by=by, post_id=post.id, revision=post.revision)
    return Saved(post.id, post.revision, made=True)
