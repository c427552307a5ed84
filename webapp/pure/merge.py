"""Merges two texts that grew from one, by line; what both changed differently comes out as a conflict, not as text.

The method is diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007) with git's rules: changes that
touch conflict as if they overlapped, and equal changes agree. Two things that git merges are conflicts here: what comes
out differently when repeated or moved lines are aligned in another, equally good way, and what would leave a sentence
standing twice because the two texts put it in different places. Where git aligns changes less exactly, which it does to
save time, it refuses a few merges that are clean here: no line in them was changed in two ways.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from webapp.pure import alignment, diff, tokens

# A line of so many words is a sentence or an item of a list; a heading or a fence may well stand twice.
WORDS_IN_A_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Clean:
    """A part of the merged text on which there is no disagreement."""

    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part of which someone has to choose a version; each may be empty.

    One side may not have changed it at all, namely where a merge is refused for more than overlapping changes.
    """

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The parts of the merged text from its start to its end."""

    parts: tuple[Clean | Conflict, ...]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to choose."""
        return not self.conflicts

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The parts to choose a version of, in order."""
        return tuple(part for part in self.parts if isinstance(part, Conflict))

    @property
    def text(self) -> str:
        """The merged text. Raises ValueError unless the merge is clean."""
        if not self.clean:
            raise ValueError("A merge with conflicts has no text yet.")
        return "".join(part.text for part in self.parts if isinstance(part, Clean))


@dataclass(frozen=True, slots=True)
class _Region:
    """Lines that both left alone, or a stretch that one or both changed, in its three versions."""

    base: list[str]
    ours: list[str]
    theirs: list[str]

    @property
    def agreed(self) -> list[str] | None:
        """The lines that the merged text gets, None if both changed them, and differently."""
        if self.theirs in (self.ours, self.base):
            return self.ours
        return self.theirs if self.ours == self.base else None

    @property
    def mirrored(self) -> "_Region":
        """The same read from its end."""
        return _Region(self.base[::-1], self.ours[::-1], self.theirs[::-1])


def merge(base: str, ours: str, theirs: str) -> Merge:
    """Return `base` with the changes of both `ours` and `theirs`, with conflicts where they do not go together.

    What only one of them changed, or both in the same way, is taken over. Raises diff.TooLarge.
    """
    whole = _Region(_lines(base), _lines(ours), _lines(theirs))
    regions = list(_regions(whole))
    if (merged := _agreed(regions)) is not None:
        # Read from the end, the alignment picks the other extreme among equally good ones.
        others = [region.mirrored for region in _regions(whole.mirrored)][::-1]
        other = _agreed(others)
        if other is None:
            regions = others
        elif other != merged:
            regions = _as_one(regions)
    doubled = _doubled(regions, whole)
    return Merge(tuple(_parts(regions, doubled)))


def _lines(text: str) -> list[str]:
    """Return the lines with their ends, so that a last line without one is another line."""
    *ended, last = diff.lines(text) or [""]
    return [line + "\n" for line in ended] + ([last] if last else [])


def _regions(whole: _Region) -> Iterator[_Region]:
    """Yield what lies between the lines that all three share, and those lines, in turn."""
    base_done = ours_done = theirs_done = 0
    end = _Shared(len(whole.base), len(whole.ours), len(whole.theirs), 0)
    for base_at, ours_at, theirs_at, length in [*_shared(whole), end]:
        yield _Region(whole.base[base_done:base_at], whole.ours[ours_done:ours_at], whole.theirs[theirs_done:theirs_at])
        lines = whole.base[base_at : base_at + length]
        yield _Region(lines, lines, lines)
        base_done, ours_done, theirs_done = base_at + length, ours_at + length, theirs_at + length


class _Shared(NamedTuple):
    """A run of `length` lines that base, ours and theirs share, and where it starts in each."""

    base: int
    ours: int
    theirs: int
    length: int


def _shared(whole: _Region) -> Iterator[_Shared]:
    """Yield the runs of lines that neither side changed.

    Changes of the two sides that touch have no such line between them, and so fall into one region.
    """
    ours = [span for span in alignment.align(whole.base, whole.ours) if span.equal]
    theirs = [span for span in alignment.align(whole.base, whole.theirs) if span.equal]
    at_ours = at_theirs = 0
    while at_ours < len(ours) and at_theirs < len(theirs):
        our, their = ours[at_ours], theirs[at_theirs]
        start, end = max(our.old_start, their.old_start), min(our.old_end, their.old_end)
        if start < end:
            our_start = our.new_start + start - our.old_start
            yield _Shared(start, our_start, their.new_start + start - their.old_start, end - start)
        at_ours += our.old_end == end
        at_theirs += their.old_end == end


def _agreed(regions: Iterable[_Region]) -> list[str] | None:
    """Return the lines of the merged text, None if there is a conflict."""
    lines: list[str] = []
    for region in regions:
        agreed = region.agreed
        if agreed is None:
            return None
        lines += agreed
    return lines


def _as_one(regions: Sequence[_Region]) -> list[_Region]:
    """Join everything from the first change to the last."""
    changed = [at for at, region in enumerate(regions) if not region.base == region.ours == region.theirs]
    first, last = changed[0], changed[-1] + 1
    joined = _Region(
        [line for region in regions[first:last] for line in region.base],
        [line for region in regions[first:last] for line in region.ours],
        [line for region in regions[first:last] for line in region.theirs],
    )
    return [*regions[:first], joined, *regions[last:]]


def _doubled(regions: Iterable[_Region], whole: _Region) -> set[str]:
    """Return the sentences that the merged text would have more often than any of the three."""
    merged = Counter(line for region in regions for line in region.agreed or [])
    before = Counter(whole.base) | Counter(whole.ours) | Counter(whole.theirs)
    return {
        line
        for line, count in merged.items()
        if count > before[line] and len(tokens.words(line)) >= WORDS_IN_A_SENTENCE
    }


def _parts(regions: Iterable[_Region], doubled: Collection[str]) -> Iterator[Clean | Conflict]:
    """Yield what the regions come to; agreement on some of the `doubled` lines does not count."""
    clean = ""
    for region in regions:
        agreed = region.agreed
        if agreed is not None and not any(agreed.count(line) > region.base.count(line) for line in doubled):
            clean += "".join(agreed)
            continue
        if clean:
            yield Clean(clean)
            clean = ""
        yield Conflict("".join(region.base), "".join(region.ours), "".join(region.theirs))
    if clean:
        yield Clean(clean)
