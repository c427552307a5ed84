"""The revisions of a post in a row, newest first: one index scan that touches no text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from webapp.database import fetch
from webapp.history import timeline_queries as queries
from webapp.history.head import Head
from webapp.history.people import Person, person_named
from webapp.pure import timeline as grouping
from webapp.pure.kind import Kind

PAGE = 50
_OF_PARTS = (Kind.HUNKS, Kind.UNDONE, Kind.MERGED)
"""Kinds of revisions that may have several sources."""


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
    renamed: bool
    """Whether it has another title than the revision before; `retagged`: other tags."""
    retagged: bool
    label: str | None
    is_live: bool
    is_latest: bool
    gone: str | None
    also_from: tuple[int, ...] = ()
    """Further sources, the newest first."""


@dataclass(frozen=True, slots=True)
class Only:
    """Which revisions to list: all, or those of one `author` (a public id), or those that have a label, or both."""

    author: str | None = None
    labelled: bool = False


ALL = Only()


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of the timeline, newest first.

    `older` is the `before=` of the page that follows, `newer` the `after=` of the one that precedes, if there is one.
    `above` and `below` are the revisions just outside of the page, as far as they were read.
    """

    entries: tuple[Entry, ...]
    older: int | None
    newer: int | None
    above: Entry | None = None
    below: Entry | None = None


def page(
    post: Head, *, before: int | None = None, after: int | None = None, only: Only = ALL, size: int = PAGE
) -> Timeline:
    """Return at most `size` revisions older than `before`, or the ones right after `after`; else from the latest on.

    One query. A page has fewer where a session would be cut in two otherwise.
    """
    if after is not None:
        return _right_after(post, after, only, size)
    start = post.revision + 1 if before is None else min(before, post.revision + 1)
    found = _entries(post, only, size, upto=start)
    above = found.pop(0) if found and found[0].number == start else None
    shown = found[: grouping.cut(found, size)]
    return Timeline(
        entries=tuple(shown),
        older=shown[-1].number if len(found) > len(shown) else None,
        newer=None if start > post.revision else shown[0].number if shown else max(start, 0) - 1,
        above=above,
        below=found[len(shown)] if len(found) > len(shown) else None,
    )


def around(post: Head, number: int, *, only: Only = ALL, size: int = PAGE) -> Timeline:
    """Return the page from the latest on if it holds revision `number`, else one with `number` in its middle.

    Of a filtered timeline, in which nobody knows the middle without counting, one that begins with it.
    """
    if only != ALL or number > post.revision - size:
        first = page(post, only=only, size=size)
        if first.older is None or number >= first.older:
            return first
    if only != ALL:
        return page(post, before=number + 1, only=only, size=size)
    return _without_rest(page(post, before=number + size // 2, size=size), number)


def entries(post: Head, numbers: set[int]) -> tuple[Entry, ...]:
    """Return the named revisions, newest first; for rows whose badges changed."""
    with_older = [*numbers, *(number - 1 for number in numbers)]
    rows = {row.revision: row for row in fetch(queries.NAMED, {"post_id": post.id, "numbers": with_older})}
    sources = _sources(post, list(rows.values()))
    return tuple(_entry(row, rows.get(number - 1), post, sources) for number, row in rows.items() if number in numbers)


def authors(post: Head) -> tuple[Person, ...]:
    """Return who saved revisions of `post`, by name; one seek for each of them, however many revisions there are."""
    people = (person_named(row.public_id, row.name) for row in fetch(queries.AUTHORS, {"post_id": post.id}))
    return tuple(sorted(people, key=lambda person: (person.name.casefold(), person.public_id)))


def last_before(post: Head, moment: datetime) -> int | None:
    """Return the number of the last revision saved before `moment`, if there is one.

    Halves the distance by one index seek after another. Where imported times do not follow the numbers, it is one of
    the revisions around that moment.
    """
    found = fetch(queries.LAST_BEFORE, {"post_id": post.id, "moment": moment, "end": post.revision + 1}).scalar_one()
    return None if found < 0 else found


def _right_after(post: Head, after: int, only: Only, size: int) -> Timeline:
    found = _entries(post, only, size, after=after)
    below = found.pop() if found and found[-1].number == after else None
    shown = found[len(found) - grouping.cut(found[::-1], size) :] if len(found) > size else found
    hidden = len(found) - len(shown)
    oldest = shown[-1].number if shown else after + 1
    return Timeline(
        entries=tuple(shown),
        older=oldest if oldest > 0 else None,
        newer=shown[0].number if hidden else None,
        above=found[hidden - 1] if hidden else None,
        below=below,
    )


def _without_rest(window: Timeline, number: int) -> Timeline:
    """Return `window` without the rest of a session that begins above it, unless `number` is in that."""
    found = window.entries
    if window.above is None or not grouping.together(window.above, found[0]):
        return window
    end = next((at for at in range(1, len(found)) if not grouping.together(found[at - 1], found[at])), len(found))
    if end == len(found) or found[end].number < number:
        return window
    shown = found[end:]
    return Timeline(shown, older=window.older, newer=shown[0].number, above=found[end - 1], below=window.below)


def _entries(post: Head, only: Only, size: int, *, upto: int | None = None, after: int | None = None) -> list[Entry]:
    """Return a page from `upto` downwards or from `after` upwards, that revision itself and one beyond included."""
    statement = queries.page_of(by_one=only.author is not None, labelled=only.labelled, upwards=after is not None)
    values: dict[str, Any] = {"post_id": post.id, "start": upto if after is None else after, "rows": size + 2}
    if only.author is not None:
        values["author"] = only.author
    rows = fetch(statement, values).all()
    if after is not None:
        rows = rows[::-1]
    sources = _sources(post, rows)
    if only != ALL:
        return [_entry(row, None if row.before is None else row[-3:], post, sources) for row in rows]
    below = [*rows[1:], None]
    return [_entry(row, older, post, sources) for row, older in zip(rows, below, strict=False)]


def _entry(row: sa.Row, older: Sequence[Any] | None, post: Head, also_from: Mapping[int, tuple[int, ...]]) -> Entry:
    title, tags, text_id, number, note, kind, source, added, removed, saved_at, _, by, name, retention, label, *_ = row
    renamed = retagged = False
    if older is not None and text_id is not None and older[queries.TEXT_ID] is not None:
        renamed, retagged = older[queries.TITLE] != title, older[queries.TAGS] != tags
    return Entry(
        number,
        person_named(by, name),
        saved_at,
        note,
        note or _summary(row, older, renamed=renamed, retagged=retagged),
        kind,
        source,
        added,
        removed,
        renamed,
        retagged,
        label or None,
        number == post.live_revision,
        number == post.revision,
        None if text_id is not None else "pruned" if retention else "erased",
        also_from.get(number, ()),
    )


def _sources(post: Head, rows: Sequence[sa.Row]) -> Mapping[int, tuple[int, ...]]:
    """Return the further sources of those revisions that have several; no query where none can have."""
    numbers = {row[queries.NUMBER]: row.source_revision for row in rows if row[queries.KIND] in _OF_PARTS}
    if not numbers:
        return {}
    found: dict[int, list[int]] = {}
    for row in fetch(queries.SOURCES, {"post_id": post.id, "numbers": list(numbers)}):
        if row.source != numbers[row.revision]:
            found.setdefault(row.revision, []).append(row.source)
    return {number: tuple(sorted(sources, reverse=True)) for number, sources in found.items()}


def _summary(row: sa.Row, older: Sequence[Any] | None, *, renamed: bool, retagged: bool) -> str:
    if row.text_id is None or row.summary is not None:
        return row.summary or "Text no longer kept"
    if row.kind == Kind.RESTORED:
        return f"Restored from #{row.source_revision}"
    if older is None:
        return "First version"
    what = {"text": row.words_added or row.words_removed, "title": renamed, "tags": retagged}
    changed = [name for name, is_so in what.items() if is_so]
    if changed:
        return f"{' and '.join(changed).capitalize()} changed"
    if older[queries.TEXT_ID] is None:
        return "Changed from a text that is no longer kept"
    return "Only marks and white space changed"
