"""The revisions of a post in a row, newest first: one index scan that touches no text."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from webapp.database import fetch, version_class
from webapp.history.head import Head
from webapp.history.people import Person, person_named
from webapp.models import Erasure, Post, User
from webapp.pure.kind import Kind

PAGE = 50


class Entry(NamedTuple):
    """One revision in the timeline. `gone` is None, "erased" or "pruned".

    A named tuple: fifty are made for every page of it, and a frozen dataclass takes six times as long to make.
    """

    number: int
    editor: Person
    saved_at: datetime
    note: str
    summary: str
    """The note, else what changed in words made at save, else a sentence made from what is known."""
    kind: str
    source_revision: int | None
    words_added: int
    words_removed: int
    is_live: bool
    is_latest: bool
    gone: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of the timeline. `older` is the `before=` of the next page, `newer` of the one that precedes, if any."""

    entries: tuple[Entry, ...]
    older: int | None
    newer: int | None


_VERSION = version_class(Post)
_COLUMNS = (
    "revision", "title", "tags", "note", "kind", "source_revision", "words_added", "words_removed", "saved_at",
    "text_id", "summary",
)  # fmt: skip
_OF_POST = (
    sa.select(
        *(getattr(_VERSION, name) for name in _COLUMNS),
        User.public_id,
        User.name,
        Erasure.retention,
    )
    .join(User, User.id == _VERSION.editor_id)
    .outerjoin(Erasure, sa.and_(Erasure.post_id == _VERSION.id, Erasure.revision == _VERSION.revision))
    .where(_VERSION.id == sa.bindparam("post_id"))
    .order_by(_VERSION.revision.desc())
)
_BEFORE = _OF_POST.where(_VERSION.revision < sa.bindparam("before")).limit(sa.bindparam("rows"))
_NAMED = _OF_POST.where(_VERSION.revision.in_(sa.bindparam("numbers", expanding=True)))


def page(post: Head, *, before: int | None = None, size: int = PAGE) -> Timeline:
    """Return at most `size` revisions older than `before` (None: from the latest on); one query."""
    start = post.revision + 1 if before is None else min(before, post.revision + 1)
    # One row more than is shown: it tells whether there are older ones, and what the last shown one changed.
    rows = fetch(_BEFORE, {"post_id": post.id, "before": start, "rows": size + 1}).all()
    below: list[sa.Row | None] = [*rows[1:], None]
    entries = tuple(_entry(row, older, post) for row, older in zip(rows, below, strict=False))[:size]
    return Timeline(
        entries=entries,
        older=entries[-1].number if len(rows) > size else None,
        newer=None if start > post.revision else min(start + size, post.revision + 1),
    )


def around(post: Head, number: int, *, size: int = PAGE) -> Timeline:
    """Return the page from the latest on if it holds revision `number`, else one with `number` in its middle."""
    return page(post, size=size, before=None if number > post.revision - size else number + size // 2)


def entries(post: Head, numbers: set[int]) -> tuple[Entry, ...]:
    """Return the named revisions, newest first; for rows whose badges changed."""
    with_older = [*numbers, *(number - 1 for number in numbers)]
    rows = {row.revision: row for row in fetch(_NAMED, {"post_id": post.id, "numbers": with_older})}
    return tuple(_entry(row, rows.get(number - 1), post) for number, row in rows.items() if number in numbers)


def _entry(row: sa.Row, older: sa.Row | None, post: Head) -> Entry:
    number, _, _, note, kind, source, added, removed, saved_at, text_id, _, public_id, name, retention = row
    return Entry(
        number,
        person_named(public_id, name),
        saved_at,
        note,
        note or _summary(row, older),
        kind,
        source,
        added,
        removed,
        number == post.live_revision,
        number == post.revision,
        None if text_id is not None else "pruned" if retention else "erased",
    )


def _summary(row: sa.Row, older: sa.Row | None) -> str:
    if row.text_id is None or row.summary is not None:
        return row.summary or "Text no longer kept"
    if row.kind == Kind.RESTORED:
        return f"Restored from #{row.source_revision}"
    if older is None:
        return "First version"
    changed = ["text"] if row.words_added or row.words_removed else []
    if older.text_id is not None:
        changed += [name for name in ("title", "tags") if getattr(row, name) != getattr(older, name)]
    elif not changed:
        return "Changed from a text that is no longer kept"
    if not changed:
        return "Only marks and white space changed"
    return f"{' and '.join(changed).capitalize()} changed"
