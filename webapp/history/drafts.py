"""Somebody's own drafts and their states; whoever asks gets their own only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from webapp.database import fetch, version_class
from webapp.errors import Missing
from webapp.models import Draft, DraftText, Post, User
from webapp.pure.roles import Ability

PAGE = 50
"""States listed at once."""
LISTED = 30
"""Drafts listed at once: those that can be gone on with come first."""


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft without its text. `post_id` is None for a post that is not there yet.

    `ending` is None while it is open, else "saved" (as revision `ended_revision`), "discarded" or "unchanged".
    """

    id: int
    post_id: int | None
    title: str
    state: int
    seen: int | None
    source: int | None
    begun_at: datetime
    kept_at: datetime
    ending: str | None
    ended_at: datetime | None
    ended_revision: int | None
    may_edit: bool
    """Whether its owner may still edit the post."""

    @property
    def is_open(self) -> bool:
        """Whether it can be gone on with."""
        return self.ending is None


@dataclass(frozen=True, slots=True)
class State:
    """One state of a draft, with its text."""

    draft: DraftCard
    number: int
    title: str
    body: str
    tags: str
    note: str
    seen: int | None
    source: int | None
    taken: str
    """The revisions that parts were taken back from, as the form writes them."""
    caret: int
    kept_at: datetime
    sha256: bytes
    """Of the body in UTF-8."""

    @property
    def is_newest(self) -> bool:
        """Whether nothing was typed since."""
        return self.number == self.draft.state


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state in the list; `size` is that of its text in bytes."""

    number: int
    kept_at: datetime
    size: int


_VERSION = version_class(Draft)
_CARDS = sa.select(
    Draft.id, Draft.post_id, Draft.title, Draft.state, Draft.seen, Draft.source, Draft.begun_at, Draft.kept_at,
    Draft.ending, Draft.ended_at, Draft.ended_revision, Draft.caret, Post.author_id, Post.text_id,
).outerjoin(Post, Post.id == Draft.post_id).where(Draft.owner_id == sa.bindparam("owner_id"))  # fmt: skip
_NEWEST_FIRST = (Draft.ended_at.is_(None).desc(), Draft.kept_at.desc(), Draft.id.desc())
_ONE = _CARDS.where(Draft.id == sa.bindparam("draft_id"))
_OF_POST = (
    _CARDS.where(Draft.post_id.is_not_distinct_from(sa.bindparam("post_id"))).order_by(*_NEWEST_FIRST).limit(LISTED)
)
_OPEN = _CARDS.where(Draft.ended_at.is_(None)).order_by(*_NEWEST_FIRST).limit(LISTED)
_STATES = (
    sa.select(_VERSION.state, _VERSION.kept_at, DraftText.size)
    .join(DraftText, sa.and_(DraftText.draft_id == _VERSION.id, DraftText.seq == _VERSION.text_seq))
    .where(_VERSION.id == sa.bindparam("draft_id"), _VERSION.state < sa.bindparam("before"))
    .order_by(_VERSION.state.desc())
    .limit(sa.bindparam("rows"))
)
_STATE = (
    sa.select(
        _VERSION.title, _VERSION.tags, _VERSION.note, _VERSION.seen, _VERSION.source, _VERSION.kept_at,
        _VERSION.text_seq, _VERSION.taken, DraftText.sha256,
    )
    .join(DraftText, sa.and_(DraftText.draft_id == _VERSION.id, DraftText.seq == _VERSION.text_seq))
    .where(_VERSION.id == sa.bindparam("draft_id"), _VERSION.state == sa.bindparam("number"))
)  # fmt: skip


def of_post(post_id: int | None, *, by: User) -> tuple[DraftCard, ...]:
    """Return the drafts of `by` for a post (None: for posts that are not there yet), open ones first, newest first."""
    return _cards(fetch(_OF_POST, {"owner_id": by.id, "post_id": post_id}), by=by)


def open_ones(*, by: User) -> tuple[DraftCard, ...]:
    """Return all drafts of `by` that can be gone on with, newest first."""
    return _cards(fetch(_OPEN, {"owner_id": by.id}), by=by)


def newest(post_id: int, *, by: User) -> DraftCard | None:
    """Return the draft of `by` for the post that can be gone on with, None if there is none."""
    first = next(iter(of_post(post_id, by=by)), None)
    return first if first is not None and first.is_open else None


def card(draft_id: int, *, by: User) -> DraftCard:
    """Return a draft of `by`. Raises Missing, for somebody else's too."""
    row = fetch(_ONE, {"owner_id": by.id, "draft_id": draft_id}).one_or_none()
    if row is None:
        raise Missing
    return _card(row, by=by)


def states(draft: DraftCard, *, before: int | None = None, size: int = PAGE) -> tuple[StateRow, ...]:
    """Return at most `size` states older than `before` (None: from the newest on), newest first."""
    start = draft.state + 1 if before is None else before
    rows = fetch(_STATES, {"draft_id": draft.id, "before": start, "rows": size})
    return tuple(StateRow(row.state, row.kept_at, row.size) for row in rows)


def at(draft_id: int, number: int = -1, *, by: User) -> State:
    """Return a state of a draft of `by`; -1 is the newest. Raises Missing, for somebody else's too."""
    row = fetch(_ONE, {"owner_id": by.id, "draft_id": draft_id}).one_or_none()
    if row is None:
        raise Missing
    number = row.state if number == -1 else number
    state = fetch(_STATE, {"draft_id": draft_id, "number": number}).one_or_none()
    if state is None:
        raise Missing
    return State(
        draft=_card(row, by=by),
        number=number,
        title=state.title,
        body=DraftText.unpack(draft_id, state.text_seq).decode(),
        tags=state.tags,
        note=state.note,
        seen=state.seen,
        source=state.source,
        taken=state.taken or "",
        caret=row.caret,
        kept_at=state.kept_at,
        sha256=state.sha256,
    )


def _cards(rows: Iterable[Any], *, by: User) -> tuple[DraftCard, ...]:
    return tuple(_card(row, by=by) for row in rows)


def _card(row: Any, *, by: User) -> DraftCard:
    may_edit = by.may(Ability.CREATE) if row.post_id is None else row.text_id is not None and by.may(Ability.EDIT, row)
    return DraftCard(
        id=row.id,
        post_id=row.post_id,
        title=row.title,
        state=row.state,
        seen=row.seen,
        source=row.source,
        begun_at=row.begun_at,
        kept_at=row.kept_at,
        ending=row.ending,
        ended_at=row.ended_at,
        ended_revision=row.ended_revision,
        may_edit=may_edit,
    )
