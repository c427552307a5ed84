"""What happened on the whole desk, newest first, a page at a time: its revisions, and what else was done to posts."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from itertools import groupby

from webapp.history import audit, transactions
from webapp.history.happening import Cursor, Entry
from webapp.models import User
from webapp.pure.kind import Kind

PAGE = 40
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "": ((), ()),
    "written": ((Kind.WRITTEN,), ()),
    "restored": ((Kind.RESTORED, Kind.HUNKS, Kind.UNDONE, Kind.MERGED), ()),
    "imported": ((Kind.IMPORTED,), ()),
    "published": ((), ("publish", "unpublish")),
    "labelled": ((), ("label", "rename label", "remove label")),
    "removed": ((), ("delete", "undelete", "erase", "prune", "erase post")),
}
"""What one may ask for: the kinds of revisions and the verbs of the audit log that it means; "" is everything."""

_START = Cursor(transaction=2**31 - 1, event=2**31 - 1)


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day by the calendar of who looks."""

    date: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """A page of it. `older` is where the next one begins."""

    days: tuple[Day, ...]
    older: Cursor | None


def page(
    *,
    by: User,
    person: User | None = None,
    kind: str = "",
    before: Cursor | None = None,
    zone: tzinfo = UTC,
    size: int = PAGE,
) -> Activity:
    """Return at most `size` entries that `by` may see, older than `before`, of one `person` and one of KINDS if asked.

    In posts that they may edit people see everything; of all others what is published now. `zone` is whose midnight
    parts the days. Four statements, and some more where one entry stands for a long import.
    """
    before = before or _START
    kinds, verbs = KINDS[kind]
    streams: list[list[tuple[Cursor, Entry]]] = []
    if kinds or not verbs:
        streams.append(transactions.entries(by, person=person, kinds=kinds, before=before, size=size + 1))
    if verbs or not kinds:
        streams.append(audit.entries(by, person=person, verbs=verbs, before=before, size=size + 1))
    # Each stream goes by its own numbers, which no clock can upset; only where they meet the moments decide.
    merged = list(heapq.merge(*streams, key=lambda pair: pair[1].at, reverse=True))
    shown = merged[:size]
    return Activity(
        days=_days((entry for _, entry in shown), zone), older=_end(shown, before) if len(merged) > size else None
    )


def _end(shown: Sequence[tuple[Cursor, Entry]], before: Cursor) -> Cursor:
    return Cursor(
        transaction=min((cursor.transaction for cursor, _ in shown), default=before.transaction),
        event=min((cursor.event for cursor, _ in shown), default=before.event),
    )


def _days(entries: Iterable[Entry], zone: tzinfo) -> tuple[Day, ...]:
    by_day = groupby(entries, key=lambda entry: entry.at.astimezone(zone).date())
    return tuple(Day(day, tuple(of_day)) for day, of_day in by_day)
