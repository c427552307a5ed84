"""How large a post was, revision by revision, and which of them stand out; reads no text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from webapp.database import fetch, version_class
from webapp.history.head import Head
from webapp.models import Label, Post, Publication, StoredText
from webapp.pure import sparkline

MOST = 200
"""Revisions that are looked at, however many there are: more than there are places to press."""
REMEMBERED = 256
"""Posts."""


@dataclass(frozen=True, slots=True)
class Size:
    """A revision's size in UTF-8; None where its text is not kept."""

    number: int
    size_bytes: int | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Marks:
    """Revisions that stand out: names by number, and the numbers that readers saw or see."""

    labels: Mapping[int, str]
    published: frozenset[int]


class _State(NamedTuple):
    """A state of a post's history; `digest` and `erased` tell it from all others."""

    post_id: int
    latest: int
    digest: bytes
    erased: int


_VERSION = version_class(Post)
_SIZES = (
    sa.select(_VERSION.revision, StoredText.size, _VERSION.saved_at)
    .outerjoin(StoredText, StoredText.id == _VERSION.text_id)
    .where(_VERSION.id == sa.bindparam("post_id"), _VERSION.revision.in_(sa.bindparam("numbers", expanding=True)))
    .order_by(_VERSION.revision)
)
_MARKS: sa.CompoundSelect[Any] = sa.union_all(
    sa.select(Label.revision, Label.name).where(Label.post_id == sa.bindparam("post_id"), Label.removed_at.is_(None)),
    sa.select(Publication.revision, sa.null().label("name"))
    .where(Publication.post_id == sa.bindparam("post_id"), Publication.revision.is_not(None))
    .distinct(),
)


def of(post: Head) -> tuple[Size, ...]:
    """Return the sizes of at most MOST revisions, evenly spread, the first and the latest among them; one query."""
    return _of(_State(post.id, post.revision, post.digest, post.erased))


def marks(post: Head) -> Marks:
    """Return the revisions of `post` that have a name or were ever published; one query."""
    rows = fetch(_MARKS, {"post_id": post.id}).all()
    return Marks(
        labels={row.revision: row.name for row in rows if row.name is not None},
        published=frozenset(row.revision for row in rows if row.name is None),
    )


@lru_cache(maxsize=REMEMBERED)
def _of(state: _State) -> tuple[Size, ...]:
    numbers = sparkline.sample(state.latest + 1, MOST)
    rows = fetch(_SIZES, {"post_id": state.post_id, "numbers": numbers})
    return tuple(Size(row.revision, row.size, row.saved_at) for row in rows)
