"""Widens the hunks of a comparison to whole passages, so that a change can be told as a reader sees it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.pure import passages
from webapp.pure.diff import Comparison, Hunk
from webapp.pure.passages import Outline

WIDEST = 200
"""Lines of a passage that are looked at above a hunk, and below."""


@dataclass(frozen=True, slots=True)
class Area:
    """Lines that gave way to others, from line `start` of the new text on; `hunk` is the first one in it.

    They begin and end with whole passages, except within code.
    """

    hunk: int
    start: int
    old_lines: tuple[str, ...]
    new_lines: tuple[str, ...]
    in_code: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """Lines that stand at line `start` now and stood elsewhere before: `up` says whether further down."""

    hunk: int
    start: int
    lines: tuple[str, ...]
    up: bool


@dataclass(slots=True)
class _Stretch:
    """One or more hunks in the same passage, and how many lines of it are equal around them."""

    first: Hunk
    last: Hunk
    above: int
    below: int


def of(comparison: Comparison, old: Sequence[str], new: Sequence[str], outline: Outline) -> Iterator[Area | Moved]:
    """Yield what changed from the first line to the last.

    `old` and `new` are all lines of the texts, `outline` that of the new one.
    """
    stretch: _Stretch | None = None
    hunks = comparison.hunks
    for hunk in hunks:
        if stretch is not None and _reaches(stretch, hunk, new):
            stretch = _Stretch(stretch.first, hunk, stretch.above, _below(hunk, hunks, old, new))
            continue
        if stretch is not None:
            yield _area(stretch, old, new, outline)
            stretch = None
        if hunk.moved_from is not None:
            yield Moved(hunk.number, hunk.new_start, hunk.new_lines, up=hunk.moved_from > hunk.number)
        if hunk.moved_from is None and hunk.moved_to is None:
            in_code = outline.in_code(hunk.new_start)
            above, below = (0, 0) if in_code else (_above(hunk, hunks, old, new), _below(hunk, hunks, old, new))
            stretch = _Stretch(hunk, hunk, above, below)
        elif rest := _beside_the_move(hunk):
            yield rest
    if stretch is not None:
        yield _area(stretch, old, new, outline)


def _area(stretch: _Stretch, old: Sequence[str], new: Sequence[str], outline: Outline) -> Area:
    first, last = stretch.first, stretch.last
    old_end, new_end = last.old_start + len(last.old_lines), last.new_start + len(last.new_lines)
    return Area(
        hunk=first.number,
        start=first.new_start - stretch.above,
        old_lines=tuple(old[first.old_start - stretch.above : old_end + stretch.below]),
        new_lines=tuple(new[first.new_start - stretch.above : new_end + stretch.below]),
        in_code=outline.in_code(first.new_start),
    )


def _beside_the_move(hunk: Hunk) -> Area | None:
    """Return what changed in the hunk besides the lines that moved away or came here."""
    was = () if hunk.moved_to is not None else hunk.old_lines
    now = () if hunk.moved_from is not None else hunk.new_lines
    return Area(hunk.number, hunk.new_start, was, now, in_code=False) if was or now else None


def _reaches(stretch: _Stretch, hunk: Hunk, new: Sequence[str]) -> bool:
    """Return whether the passage goes on without a break up to the next hunk, which did not move."""
    if hunk.moved_from is not None or hunk.moved_to is not None:
        return False
    end = stretch.last.new_start + len(stretch.last.new_lines)
    gap = hunk.new_start - end
    return stretch.below == gap and (
        not hunk.new_lines or passages.continues(new[hunk.new_start - 1], hunk.new_lines[0])
    )


def _above(hunk: Hunk, hunks: Sequence[Hunk], old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many equal lines above the hunk belong to the passage that it begins in."""
    before = hunks[hunk.number - 1] if hunk.number else None
    floor = 0 if before is None else before.new_start + len(before.new_lines)
    most = min(hunk.new_start - floor, WIDEST)
    firsts = (*old[hunk.old_start : hunk.old_start + 1], *new[hunk.new_start : hunk.new_start + 1])
    if not most or not any(passages.continues(new[hunk.new_start - 1], line) for line in firsts):
        return 0
    above = 1
    while above < most and passages.continues(new[hunk.new_start - above - 1], new[hunk.new_start - above]):
        above += 1
    return above


def _below(hunk: Hunk, hunks: Sequence[Hunk], old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many equal lines below the hunk belong to the passage that it ends in."""
    old_end, new_end = hunk.old_start + len(hunk.old_lines), hunk.new_start + len(hunk.new_lines)
    after = hunks[hunk.number + 1] if hunk.number + 1 < len(hunks) else None
    most = min((len(new) if after is None else after.new_start) - new_end, WIDEST)
    lasts = (*old[max(old_end - 1, 0) : old_end], *new[max(new_end - 1, 0) : new_end])
    if not most or not any(passages.continues(line, new[new_end]) for line in lasts):
        return 0
    below = 1
    while below < most and passages.continues(new[new_end + below - 1], new[new_end + below]):
        below += 1
    return below
