"""Which changes of lines are in a passage of a rendered text: those of the lines that it was made from."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from webapp.pure import cmark, markdown, take, units
from webapp.pure.alignment import Span
from webapp.pure.cmark import Places
from webapp.pure.diff import Comparison, Hunk
from webapp.pure.units import Unit

# The address of a link may be given anywhere in a text.
_DEFINITION = re.compile(r"\s{0,3}\[[^\]]+\]:\s*<?([^\s>]*)")
_ADDRESS = re.compile(r'(?:href|src)="([^"]*)"')


class Read(NamedTuple):
    """A text, and the units that it is read in."""

    text: str
    units: Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Origin:
    """The hunks of a passage, and how many other passages have one of them as well."""

    hunks: tuple[Hunk, ...] = ()
    along: int = 0


def of(spans: Sequence[Span], old: Read, new: Read, comparison: Comparison) -> list[Origin]:
    """Return the origin of each passage, by the changed `spans` of the units of both texts.

    Where a passage has another link and the address is given elsewhere, that change is its own too. One whose lines
    are all equal stands elsewhere now, or is numbered otherwise: what did that are the changes next to it. Where
    all passages together would still not read as the other text, the other changes belong to those beside them: by
    line, another one of several equal passages may have come or gone.
    """
    passages = [span for span in spans if not span.equal]
    if not passages:
        return []
    places = cmark.places(old.text), cmark.places(new.text)
    if [len(each.blocks) + bool(each.notes) for each in places] != [len(old.units), len(new.units)]:
        # A text that is shown as it was typed: nobody knows which part of it is which.
        return [Origin() for _ in passages]
    owners = _owners(places, passages)
    hunks: list[dict[int, Hunk]] = [{} for _ in passages]
    outside: list[Hunk] = []
    for hunk in comparison.hunks:
        inside = owners.of(hunk)
        for number in inside:
            hunks[number][hunk.number] = hunk
        if not inside:
            outside.append(hunk)
    for number, hunk in _addressed(outside, passages, old, new):
        hunks[number][hunk.number] = hunk
    for number, next_to in enumerate(_next_to(len(passages), comparison.hunks, owners)):
        hunks[number] = hunks[number] or {hunk.number: hunk for hunk in next_to}
    keys = {hunk.key for own in hunks for hunk in own.values()}
    outside = [hunk for hunk in outside if hunk.key not in keys]
    if outside and not all(_reads_as(text, comparison, keys, from_old=text is old) for text in (old, new)):
        for number, hunk in _beside(outside, owners):
            hunks[number][hunk.number] = hunk
    return _counted(hunks)


@dataclass(frozen=True, slots=True)
class _Owners:
    """The number of the passage that a line is in, for lines of the `old` text and of the `new` one."""

    old: Mapping[int, int]
    new: Mapping[int, int]

    def of(self, hunk: Hunk) -> set[int]:
        """Return the passages that lines of a hunk are in."""
        old_lines = range(hunk.old_start, hunk.old_start + len(hunk.old_lines))
        new_lines = range(hunk.new_start, hunk.new_start + len(hunk.new_lines))
        return {self.old[at] for at in old_lines if at in self.old} | {
            self.new[at] for at in new_lines if at in self.new
        }

    def ends(self) -> Iterator[dict[int, tuple[int, int]]]:
        """Yield the first line and the last one of each passage, in the old text and in the new one."""
        for owners in (self.old, self.new):
            ends: dict[int, tuple[int, int]] = {}
            for line, passage in owners.items():
                first, last = ends.get(passage, (line, line))
                ends[passage] = min(first, line), max(last, line)
            yield ends


def _owners(places: tuple[Places, Places], passages: Sequence[Span]) -> _Owners:
    return _Owners(
        _owners_of(places[0], [(span.old_start, span.old_end) for span in passages]),
        _owners_of(places[1], [(span.new_start, span.new_end) for span in passages]),
    )


def _owners_of(places: Places, passages: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return the number of the passage for each line; blank lines between two blocks of it are its own too."""
    owners: dict[int, int] = {}
    for number, (start, end) in enumerate(passages):
        blocks = places.blocks[start:end]
        if blocks:
            owners |= dict.fromkeys(range(blocks[0].start, blocks[-1].stop), number)
        if end > len(places.blocks):
            owners |= dict.fromkeys((line for note in places.notes for line in note), number)
    return owners


def _addressed(hunks: Sequence[Hunk], passages: Sequence[Span], old: Read, new: Read) -> Iterator[tuple[int, Hunk]]:
    """Yield passages with the hunks that give a link of theirs another address."""
    given: dict[str, list[Hunk]] = {}
    for hunk in hunks:
        for line in (*hunk.old_lines, *hunk.new_lines):
            if found := _DEFINITION.match(line):
                given.setdefault(found[1], []).append(hunk)
    if not given:
        return
    for number, span in enumerate(passages):
        old_units, new_units = old.units[span.old_start : span.old_end], new.units[span.new_start : span.new_end]
        for address in _addresses(old_units) ^ _addresses(new_units):
            yield from ((number, hunk) for hunk in given.get(address, ()))


def _reads_as(text: Read, comparison: Comparison, keys: Collection[str], *, from_old: bool) -> bool:
    """Return whether the other text reads as `text` does when just these hunks come back from it."""
    found = units.cut(str(markdown.render(take.taken_over(comparison, keys, from_old=from_old))))
    return [unit.key for unit in found] == [unit.key for unit in text.units]


def _beside(hunks: Sequence[Hunk], owners: _Owners) -> Iterator[tuple[int, Hunk]]:
    """Yield the passages above and below each hunk with it."""
    lasts = [sorted((last, number) for number, (_, last) in ends.items()) for ends in owners.ends()]
    passages = {number for side in lasts for _, number in side}
    for hunk in hunks:
        above = -1
        for side, start in zip(lasts, (hunk.old_start, hunk.new_start), strict=True):
            at = bisect_left(side, (start, 0))
            above = max(above, side[at - 1][1] if at else -1)
        yield from ((number, hunk) for number in passages.intersection((above, above + 1)))


def _next_to(passages: int, hunks: Sequence[Hunk], owners: _Owners) -> Iterator[list[Hunk]]:
    """Yield the hunks above, within and below the lines of each passage."""
    starts = [hunk.old_start for hunk in hunks], [hunk.new_start for hunk in hunks]
    sides = list(zip(starts, owners.ends(), strict=True))
    for passage in range(passages):
        found: list[Hunk] = []
        for begins, ends in sides:
            if passage in ends:
                first, last = ends[passage]
                found += hunks[max(bisect_left(begins, first) - 1, 0) : bisect_right(begins, last) + 1]
        yield found


def _addresses(units: Sequence[Unit]) -> set[str]:
    return {unescape(address) for unit in units for address in _ADDRESS.findall(unit.html)}


def _counted(hunks: Sequence[Mapping[int, Hunk]]) -> list[Origin]:
    passages: dict[int, int] = {}
    for own in hunks:
        for number in own:
            passages[number] = passages.get(number, 0) + 1
    return [
        Origin(tuple(own[number] for number in sorted(own)), max((passages[at] for at in own), default=1) - 1)
        for own in hunks
    ]
