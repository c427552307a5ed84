"""The timeline in days and sessions: what stands under one heading, and what folds into one line."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Generic, Protocol, TypeVar

PAUSE = timedelta(minutes=30)
"""Saves of one author that are this far apart belong to two sessions."""
FOLDED = 3
"""The fewest revisions that fold: one line in place of two rows would hide more than it saves."""


class Save(Protocol):
    """A revision, as far as its place in time needs it."""

    @property
    def editor(self) -> Hashable:
        """Who saved it."""
        ...

    @property
    def saved_at(self) -> datetime:
        """When, aware."""
        ...

    @property
    def words_added(self) -> int:
        """Words that it added."""
        ...

    @property
    def words_removed(self) -> int:
        """Words that it removed."""
        ...


S = TypeVar("S", bound=Save)


@dataclass(frozen=True, slots=True)
class Session(Generic[S]):
    """Revisions that one author saved without a longer pause, newest first. Times are local to the reader.

    `goes_on_above`, `goes_on_below`: the page beside this one has more of it.
    """

    revisions: tuple[S, ...]
    began: datetime
    ended: datetime
    goes_on_above: bool
    goes_on_below: bool

    @property
    def is_part(self) -> bool:
        """Whether it is not all of the session."""
        return self.goes_on_above or self.goes_on_below

    @property
    def folds(self) -> bool:
        """Whether it is shown as one line."""
        return self.is_part or len(self.revisions) >= FOLDED

    @property
    def words_added(self) -> int:
        """All words that were added in it."""
        return sum(revision.words_added for revision in self.revisions)

    @property
    def words_removed(self) -> int:
        """All words that were removed in it."""
        return sum(revision.words_removed for revision in self.revisions)


@dataclass(frozen=True, slots=True)
class Day(Generic[S]):
    """The sessions of one day, newest first. Where times do not follow the numbers, a day may come twice."""

    date: date
    sessions: tuple[Session[S], ...]


def days(
    revisions: Iterable[S], *, zone: tzinfo, above: Save | None = None, below: Save | None = None
) -> tuple[Day[S], ...]:
    """Return `revisions`, newest first, by the days of `zone` and in sessions, which end at midnight.

    `above` and `below` are the revisions next to these on the pages beside, if there are any.
    """
    local = [(revision.saved_at.astimezone(zone), revision) for revision in revisions]
    by_day = [(day, list(group)) for day, group in groupby(local, key=lambda pair: pair[0].date())]
    found = []
    for place, (day, group) in enumerate(by_day):
        # Only a session that touches the end of the page, on the same day, can go on beside it.
        newer = above if place == 0 and above and above.saved_at.astimezone(zone).date() == day else None
        older = below if place == len(by_day) - 1 and below and below.saved_at.astimezone(zone).date() == day else None
        found.append(Day(day, tuple(_sessions(group, newer, older))))
    return tuple(found)


def together(newer: Save, older: Save) -> bool:
    """Return whether two revisions, one right after the other, belong to one session."""
    return newer.editor == older.editor and abs(newer.saved_at - older.saved_at) < PAUSE


def cut(revisions: Sequence[Save], size: int) -> int:
    """Return after how many of `revisions` a page of at most `size` best ends.

    It ends where a session ends, unless that left less than half a page.
    """
    end = size
    while 0 < end < len(revisions) and together(revisions[end - 1], revisions[end]):
        end -= 1
    return end if end > size // 2 else size


def _sessions(local: list[tuple[datetime, S]], newer: Save | None, older: Save | None) -> Iterator[Session[S]]:
    start = 0
    for end in range(1, len(local) + 1):
        if end < len(local) and together(local[end - 1][1], local[end][1]):
            continue
        group = local[start:end]
        yield Session(
            revisions=tuple(revision for _, revision in group),
            began=group[-1][0],
            ended=group[0][0],
            goes_on_above=start == 0 and newer is not None and together(newer, group[0][1]),
            goes_on_below=end == len(local) and older is not None and together(group[-1][1], older),
        )
        start = end
