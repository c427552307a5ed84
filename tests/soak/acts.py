"""How what the model says is done at a real desk, and how the desk is read without what it has of its own for that."""

import hashlib
from collections.abc import Callable
from typing import Any, TypedDict

import pytest
import sqlalchemy as sa

from tests.soak.model import Form, Typed, Words
from webapp.database import db, version_class
from webapp.models import Draft, DraftText, Post, Side, StoredText
from webapp.operations.drafts import Sender
from webapp.pure.content import TAG_SEPARATOR


class Sent(TypedDict):
    """What a form sends of the words."""

    title: str
    body: str
    tags: str
    note: str


def sent(typed: Typed) -> Sent:
    """Return what a browser sends, its line ends included."""
    words = typed.words
    body = words.body.replace("\n", "\r\n")
    return {"title": words.title, "body": body, "tags": TAG_SEPARATOR.join(words.tags), "note": typed.note}


def sender(form: Form) -> Sender:
    """Return what it sends besides."""
    return Sender(form.name, form.turn, form.seen, form.source, draft=form.draft, state=form.state)


def done(act: Callable[[], Any], *, refused_by: type[Exception] | None) -> Any:
    """Do it and return what came of it, None if it was refused as it must be."""
    if refused_by is None:
        return act()
    with pytest.raises(refused_by):
        act()
    return None


def fingerprint(typed: Typed) -> bytes:
    """Return the hash that says that all of it is stored."""
    words = typed.words
    lines = (words.title, TAG_SEPARATOR.join(words.tags), typed.note, words.body)
    return hashlib.sha256("\n".join(lines).encode()).digest()


def facts(words: Words) -> tuple[str, str, bytes]:
    """Return title, tags and the hash of the body, as they are stored."""
    return words.title, TAG_SEPARATOR.join(words.tags), hashlib.sha256(words.body.encode()).digest()


def revisions(post_id: int) -> list[tuple[Any, ...]]:
    """Return number, facts and kind of each."""
    return _rows(_REVISIONS, post_id)


def sides(post_id: int) -> list[tuple[Any, ...]]:
    """Return revision, person and facts of each."""
    return _rows(_SIDES, post_id)


def states(post_id: int) -> list[tuple[Any, ...]]:
    """Return draft, person, how the draft ended, number, facts and note of each."""
    return _rows(_STATES, post_id)


def newest_draft(post_id: int) -> int | None:
    """Return the draft that was begun last."""
    return db.session.scalar(sa.select(sa.func.max(Draft.id)).where(Draft.post_id == post_id))


_POST, _DRAFT = version_class(Post), version_class(Draft)
_OF_POST = sa.bindparam("post_id")
_REVISIONS = (
    sa.select(_POST.revision, _POST.title, _POST.tags, StoredText.sha256, _POST.kind)
    .join(StoredText, StoredText.id == _POST.text_id)
    .where(_POST.id == _OF_POST)
    .order_by(_POST.revision)
)
_SIDES = (
    sa.select(Side.revision, Side.by_id, Side.title, Side.tags, StoredText.sha256)
    .join(StoredText, StoredText.id == Side.text_id)
    .where(Side.post_id == _OF_POST)
    .order_by(Side.revision)
)
_STATES = (
    sa.select(Draft.id, Draft.owner_id, Draft.ending, _DRAFT.state)
    .add_columns(_DRAFT.title, _DRAFT.tags, DraftText.sha256, _DRAFT.note)
    .join(_DRAFT, _DRAFT.id == Draft.id)
    .join(DraftText, sa.and_(DraftText.draft_id == Draft.id, DraftText.seq == _DRAFT.text_seq))
    .where(Draft.post_id == _OF_POST)
    .order_by(Draft.id, _DRAFT.state)
)


def _rows(query: sa.Select[Any], post_id: int) -> list[tuple[Any, ...]]:
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(query, {"post_id": post_id})]
