"""Finds where two sequences of lines or words are equal and where they differ, within bounded work.

Common ends are trimmed. Items that occur once on either side anchor the rest (`patience`). The gaps between anchors are
compared exactly, by a longest common subsequence, while the budget lasts; a gap too large for that looks for anchors of
its own, and one that has none counts as replaced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from webapp.pure import patience

# A gap deeper within gaps counts as replaced: what people write was never seen to need a third round of anchors.
_DEEPEST = 10

# Letters that stand for items of one side only.
_ONLY_OLD, _ONLY_NEW, _FIRST_SHARED = "\x00", "\x01", 2


class Span(NamedTuple):
    """Items `old_start:old_end` of the old sequence stand against `new_start:new_end` of the new one."""

    equal: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(slots=True, kw_only=True)
class Budget:
    """The work that is left for one alignment, or for several that share it.

    Each of the defaults is worth some tenths of a second, and more than any text of 1 MB with lines of 20 characters.
    """

    items: int = 100_000  # to seek anchors among
    cells: int = 400_000_000  # to compare exactly: old items times new items of a gap, one bit of memory each
    runs: int = 20_000  # of equal items to find by that

    def affords_anchors(self, old_items: int, new_items: int) -> bool:
        """Return whether there is enough left to seek anchors among so many items; if so it is spent."""
        items = old_items + new_items
        if items > self.items or self.runs <= 0:
            return False
        self.items -= items
        return True

    def affords_exactness(self, old_items: int, new_items: int) -> bool:
        """Return whether there is enough left to compare so many items exactly; if so it is spent."""
        cells = old_items * new_items
        if cells > self.cells or self.runs <= 0:
            return False
        self.cells -= cells
        return True


class _Gap(NamedTuple):
    """A part of both sequences that is still to be aligned, a letter per item, and where it starts in them."""

    old: str
    new: str
    old_start: int
    new_start: int
    depth: int = 0


class _Run(NamedTuple):
    """`length` items that are equal one by one."""

    old_start: int
    new_start: int
    length: int


def align(old: Sequence[str], new: Sequence[str], *, budget: Budget | None = None) -> list[Span]:
    """Return the spans, equal and changed in turn, that cover both sequences from end to end.

    A changed span stands as low as it can: a new paragraph comes with the empty line after it, not before it.
    The work is n log n in the lengths besides what the budget allows.
    """
    head, tail = _common_ends(old, new)
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail], head, budget or Budget())
    runs = [_Run(0, 0, head), *middle, _Run(len(old) - tail, len(new) - tail, tail)]
    changes = _settled(_changed(runs, len(old), len(new)), old, new)
    return _with_equal(changes, len(old), len(new))


def shared(old: Sequence[str], new: Sequence[str], *, budget: Budget) -> int:
    """Return how many items both sequences have in common, in order: the longest there is while the budget lasts.

    For counting, where nobody asks which ones they are; `align` takes four times as long to say it.
    """
    head, tail = _common_ends(old, new)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if not inner_old or not inner_new:
        return head + tail
    if budget.affords_exactness(len(inner_old), len(inner_new)):
        return head + tail + int(LCSseq.similarity(*_as_letters(inner_old, inner_new)))
    spans = align(inner_old, inner_new, budget=budget)
    return head + tail + sum(span.old_end - span.old_start for span in spans if span.equal)


def _middle(old: Sequence[str], new: Sequence[str], start: int, budget: Budget) -> list[_Run]:
    """Return the runs between the common ends, which begin at `start` on both sides."""
    if not old or not new or not budget.affords_anchors(len(old), len(new)):
        return []
    gap = _Gap(*_as_letters(old, new), start, start)
    return _anchored(gap, budget) or _exact(gap, budget)


def _as_letters(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Write both sequences as strings with one letter per item, the same letter for equal items.

    Strings are what the exact comparison is fastest at.
    """
    shared = {item: chr(at) for at, item in enumerate(set(old).intersection(new), _FIRST_SHARED)}
    return (
        "".join([shared.get(item, _ONLY_OLD) for item in old]),
        "".join([shared.get(item, _ONLY_NEW) for item in new]),
    )


def _anchored(gap: _Gap, budget: Budget) -> list[_Run]:
    """Return the runs of anchors, and between them the runs within the gaps that they leave."""
    anchors = patience.anchors(gap.old, gap.new)
    if not anchors:
        return []
    runs: list[_Run] = []
    old_from = new_from = length = 0  # of the run that grows: what lies between two anchors is mostly equal
    for old_at, new_at in [*anchors, (len(gap.old), len(gap.new))]:
        old_done, new_done = old_from + length, new_from + length
        old, new = gap.old[old_done:old_at], gap.new[new_done:new_at]
        if old == new:
            length += len(old)
        else:
            runs.append(_Run(gap.old_start + old_from, gap.new_start + new_from, length))
            if old and new:
                inner = _Gap(old, new, gap.old_start + old_done, gap.new_start + new_done, gap.depth + 1)
                runs += _within(inner, budget)
            old_from, new_from, length = old_at, new_at, 0
        length += 1
    runs.append(_Run(gap.old_start + old_from, gap.new_start + new_from, length - 1))  # without the end of the gap
    return runs


def _within(gap: _Gap, budget: Budget) -> list[_Run]:
    """Return the runs of a gap between anchors."""
    old, new, old_start, new_start, depth = gap
    if set(old).isdisjoint(new):
        return []
    head, tail = _common_ends(old, new)
    old_end, new_end = len(old) - tail, len(new) - tail
    inner = _Gap(old[head:old_end], new[head:new_end], old_start + head, new_start + head, depth)
    runs = _exact(inner, budget)
    if not runs and depth < _DEEPEST and budget.affords_anchors(len(inner.old), len(inner.new)):
        runs = _anchored(inner, budget)
    return [_Run(old_start, new_start, head), *runs, _Run(old_start + old_end, new_start + new_end, tail)]


def _exact(gap: _Gap, budget: Budget) -> list[_Run]:
    """Return the runs of a longest common subsequence."""
    if not budget.affords_exactness(len(gap.old), len(gap.new)):
        return []
    blocks = Indel.opcodes(gap.old, gap.new).as_matching_blocks()
    budget.runs -= len(blocks)
    return [_Run(gap.old_start + block.a, gap.new_start + block.b, block.size) for block in blocks]


def _changed(runs: Iterable[_Run], old_length: int, new_length: int) -> list[Span]:
    """Return what the runs leave out."""
    changes = []
    old_done = new_done = 0
    end = _Run(old_length, new_length, 0)
    for old_start, new_start, length in [*(run for run in runs if run.length), end]:
        if old_start > old_done or new_start > new_done:
            changes.append(_span(old_done, old_start, new_done, new_start))
        old_done, new_done = old_start + length, new_start + length
    return changes


def _settled(changes: list[Span], old: Sequence[str], new: Sequence[str]) -> list[Span]:
    """Move pure insertions and deletions down as far as equal items let them, without reaching the next change."""
    settled: list[Span] = []  # from the last to the first
    floor = len(old)
    for change in reversed(changes):
        settled.append(_lowered(change, floor - change.old_end, old, new))
        floor = settled[-1].old_start - 1
    return settled[::-1]


def _lowered(change: Span, room: int, old: Sequence[str], new: Sequence[str]) -> Span:
    """Return the insertion or deletion up to `room` items lower; a replacement stays."""
    _, old_start, old_end, new_start, new_end = change
    if old_start < old_end and new_start < new_end:
        return change
    items, start, end = (old, old_start, old_end) if old_start < old_end else (new, new_start, new_end)
    steps = 0
    while steps < room and items[start + steps] == items[end + steps]:
        steps += 1
    return _span(old_start + steps, old_end + steps, new_start + steps, new_end + steps)


def _with_equal(changes: list[Span], old_length: int, new_length: int) -> list[Span]:
    """Return the changes with the equal spans around them."""
    spans = []
    old_done = new_done = 0
    for change in [*changes, _span(old_length, old_length, new_length, new_length)]:
        if change.old_start > old_done:
            spans.append(_span(old_done, change.old_start, new_done, change.new_start, equal=True))
        spans.append(change)
        old_done, new_done = change.old_end, change.new_end
    return spans[:-1]


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many items are equal at the start, and how many of the others at the end."""
    head = _common_head(old, new)
    return head, _common_head(old[head:][::-1], new[head:][::-1])


def _common_head(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many items are equal at the start, by halving, so that whole slices are compared at once."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _span(old_start: int, old_end: int, new_start: int, new_end: int, *, equal: bool = False) -> Span:
    return Span(equal, old_start, old_end, new_start, new_end)
