"""Lays a comparison out for a page: long equal runs folded, no more than a page can hold, and where changes stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal

from webapp.pure import diff, inline
from webapp.pure.diff import Comparison, Equal, Hunk
from webapp.pure.inline import Piece

Kind = Literal["insert", "delete", "replace", "move"]
CONTEXT_LINES = 3
SMALLEST_FOLD = 3  # lines; a button for fewer would be as tall as they are
OPENED_LINES = 500  # of a fold that are shown at once
MOST_LINES = 5000  # of a page: more takes a browser many seconds
MOST_CHARACTERS = 1_000_000
LONGEST_LINE = 20_000  # characters of a line, after which it is cut off
STRIP = 1000
"""The length of the strip of marks, in its own units."""
SHORTEST_MARK = 6
LINE_CHARACTERS = 80  # that a line of the page holds, to guess where a change will stand on it


@dataclass(frozen=True, slots=True)
class Row(inline.Row):
    """A line as it is shown; `left_out` characters of it are not."""

    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Equal lines that are shown; `opened` says that they were folded."""

    kind: ClassVar[str] = "run"
    rows: tuple[Row, ...]
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """Equal lines that are not shown; `first` and `last` are their numbers in the old text, from 1."""

    kind: ClassVar[str] = "fold"
    first: int
    lines: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.lines)

    @property
    def last(self) -> int:
        """The number of the last of them."""
        return self.first + len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class Change:
    """A hunk with its rows, for one column or for two. `left_out` lines of it are not shown."""

    kind: ClassVar[str] = "change"
    hunk: Hunk
    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a change stands on the page: from `top` on, both in units of STRIP; `number` counts from 0."""

    number: int
    kind: Kind
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page shows of a comparison, in order. `left_out` changes did not fit."""

    parts: tuple[Run | Fold | Change, ...]
    marks: tuple[Mark, ...]
    left_out: int

    @property
    def shown(self) -> int:
        """How many changes are shown."""
        return len(self.marks)


def lay_out(comparison: Comparison, *, columns: int = 1, opened: range | None = None) -> Layout:
    """Return the comparison for a page with one column or two.

    `opened` are lines of the old text, numbered from 1, whose fold was opened; OPENED_LINES of them at most are shown.
    The work is bounded by what is shown.
    """
    parts: list[Run | Fold | Change] = []
    room = _Room()
    for block in comparison.blocks:
        if isinstance(block, Hunk):
            change = _change(block, columns, room)
            if change is None:
                break
            parts.append(change)
        else:
            parts += _equal(block, comparison, opened, room)
    marks = tuple(place([(_height(part), _kind(part)) for part in parts]))
    return Layout(tuple(parts), marks, left_out=len(comparison.hunks) - len(marks))


def opened_run(text: str, *, first: int, last: int) -> tuple[Run | Fold, ...]:
    """Return lines `first` to `last` of `text`, counted from 1, as a fold opens to them: the rest is folded again.

    Empty when there are no such lines. Raises diff.TooLarge.
    """
    lines = diff.lines(text)
    first, last = max(first, 1), min(last, len(lines))
    end = first - 1 + _Room(OPENED_LINES).take(lines[first - 1 : last])
    if end < first:
        return ()
    block = Equal(0, 0, tuple(lines))
    run = Run(tuple(_equal_row(block, at) for at in range(first - 1, end)))
    return (run, Fold(end + 1, block.lines[end:last])) if end < last else (run,)


def place(heights: Sequence[tuple[int, Kind | None]]) -> Iterator[Mark]:
    """Yield a mark for each change among the parts of a page, at the place where it is likely to stand.

    A part has its height, in lines or whatever else is the same for all, and a kind if it is a change.
    """
    whole = max(sum(height for height, _ in heights), 1)
    above = number = 0
    for height, kind in heights:
        if kind is not None:
            tall = max(height * STRIP // whole, SHORTEST_MARK)
            yield Mark(number, kind, min(above * STRIP // whole, STRIP - tall), tall)
            number += 1
        above += height


@dataclass(slots=True)
class _Room:
    """What is left of a page."""

    lines: int = MOST_LINES
    characters: int = MOST_CHARACTERS

    def take(self, lines: Sequence[str]) -> int:
        """Return how many of these lines fit; they are taken."""
        taken = 0
        while taken < len(lines) and self.lines > 0 and self.characters > 0:
            self.lines -= 1
            self.characters -= min(len(lines[taken]), LONGEST_LINE)
            taken += 1
        return taken


def _change(hunk: Hunk, columns: int, room: _Room) -> Change | None:
    """Return as much of the hunk as fits, None if nothing does."""
    old_end, new_end = room.take(hunk.old_lines), room.take(hunk.new_lines)
    if not old_end and not new_end:
        return None
    left_out = len(hunk.old_lines) + len(hunk.new_lines) - old_end - new_end
    rows = inline.rows(
        hunk.old_lines[:old_end], hunk.new_lines[:new_end], old_start=hunk.old_start, new_start=hunk.new_start
    )
    if columns == 2:
        rows = inline.side_by_side(rows)
    return Change(hunk, tuple(_clipped(row) for row in rows), left_out)


def _clipped(row: inline.Row) -> Row:
    pieces: list[Piece] = []
    left_out = 0
    lengths = {"equal": 0, "delete": 0, "insert": 0}
    for piece in row.pieces:
        kept = piece.text[: max(LONGEST_LINE - lengths[piece.kind], 0)]
        lengths[piece.kind] += len(kept)
        left_out += len(piece.text) - len(kept)
        if kept or not piece.text:
            pieces.append(Piece(piece.kind, kept))
    return Row(row.old_line, row.new_line, tuple(pieces), left_out)


def _equal(block: Equal, comparison: Comparison, opened: range | None, room: _Room) -> Iterator[Run | Fold]:
    """Yield the block's lines that are shown, and folds for the others."""
    done = 0
    context = [CONTEXT_LINES if comparison.blocks[end] is not block else 0 for end in (0, -1)]
    asked = (0, 0) if opened is None else (opened.start - 1 - block.old_start, opened.stop - 1 - block.old_start)
    asked = asked[0], min(asked[1], max(asked[0], 0) + OPENED_LINES)
    for start, end, was_folded in unfolded(len(block.lines), head=context[0], tail=context[1], opened=asked):
        fitting = start + room.take(block.lines[start:end])
        if start > done:
            yield Fold(block.old_start + done + 1, block.lines[done:start])
        if fitting > start:
            yield Run(tuple(_equal_row(block, at) for at in range(start, fitting)), opened=was_folded)
        done = fitting
        if fitting < end:
            break
    if done < len(block.lines):
        yield Fold(block.old_start + done + 1, block.lines[done:])


def unfolded(
    length: int, *, head: int, tail: int, opened: tuple[int, int], smallest: int = SMALLEST_FOLD
) -> list[tuple[int, int, bool]]:
    """Return which of so many equal items are shown, as spans in order, and whether they were folded.

    These are `head` items at the start, `tail` items at the end, those from the one to the other index in `opened`, and
    what would be a fold of fewer than `smallest`.
    """
    start = max(opened[0], 0)
    spans = [(0, min(head, length)), (start, min(opened[1], length)), (max(length - tail, 0), length)]
    joined = [(0, 0)]
    for begin, end in [span for span in spans if span[0] < span[1]]:
        if begin - joined[-1][1] < smallest:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    if joined[-1][1] and length - joined[-1][1] < smallest:
        joined[-1] = joined[-1][0], length
    cuts = [sorted({start, end, *(at for at in opened if start < at < end)}) for start, end in joined]
    return [(start, end, opened[0] <= start < opened[1]) for each in cuts for start, end in pairwise(each)]


def _equal_row(block: Equal, at: int) -> Row:
    return _clipped(inline.Row(block.old_start + at, block.new_start + at, (Piece("equal", block.lines[at]),)))


def _height(part: Run | Fold | Change) -> int:
    """Return about how many lines of the page a part takes."""
    if isinstance(part, Fold):
        return 2
    return sum(1 + sum(len(piece.text) for piece in row.pieces) // LINE_CHARACTERS for row in part.rows)


def _kind(part: Run | Fold | Change) -> Kind | None:
    if not isinstance(part, Change):
        return None
    hunk = part.hunk
    if hunk.moved_from is not None or hunk.moved_to is not None:
        return "move"
    if hunk.old_lines and hunk.new_lines:
        return "replace"
    return "delete" if hunk.old_lines else "insert"
