"""Which changes of lines are in a passage of a rendered text: those of the lines that it was made from."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from webapp.pure import cmark
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
    are all equal stands elsewhere now, or is numbered otherwise: what did that are the changes next to it.
    """
    passages = [span for span in spans if not span.equal]
    places = cmark.places(old.text), cmark.places(new.text)
    if [len(each.blocks) + bool(each.notes) for each in places] != [len(old.units), len(new.units)]:
        # A text that is shown as it was typed: nobody knows which part of it is which.
        return [Origin() for _ in passages]
    was = _owners(places[0], [(span.old_start, span.old_end) for span in passages])
    now = _owners(places[1], [(span.new_start, span.new_end) for span in passages])
    hunks: list[dict[int, Hunk]] = [{} for _ in passages]
    elsewhere: dict[str, list[Hunk]] = {}
    for hunk in comparison.hunks:
        owners = _inside(hunk, was, now)
        for owner in owners:
            hunks[owner][hunk.number] = hunk
        if not owners:
            for line in (*hunk.old_lines, *hunk.new_lines):
                if given := _DEFINITION.match(line):
                    elsewhere.setdefault(given[1], []).append(hunk)
    if elsewhere:
        for own, span in zip(hunks, passages, strict=True):
            old_units, new_units = old.units[span.old_start : span.old_end], new.units[span.new_start : span.new_end]
            for address in _addresses(old_units) ^ _addresses(new_units):
                own |= {hunk.number: hunk for hunk in elsewhere.get(address, ())}
    for number, next_to in enumerate(_next_to(len(passages), comparison.hunks, was, now)):
        hunks[number] = hunks[number] or {hunk.number: hunk for hunk in next_to}
    return _counted(hunks)


def _next_to(
    passages: int, hunks: Sequence[Hunk], was: Mapping[int, int], now: Mapping[int, int]
) -> Iterator[list[Hunk]]:
    """Yield the hunks above, within and below the lines of each passage."""
    sides = [
        ([hunk.old_start for hunk in hunks], _ends(was)),
        ([hunk.new_start for hunk in hunks], _ends(now)),
    ]
    for passage in range(passages):
        found: list[Hunk] = []
        for starts, ends in sides:
            if passage in ends:
                first, last = ends[passage]
                found += hunks[max(bisect_left(starts, first) - 1, 0) : bisect_right(starts, last) + 1]
        yield found


def _ends(owners: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """Return the first line and the last one of each passage."""
    ends: dict[int, tuple[int, int]] = {}
    for line, passage in owners.items():
        first, last = ends.get(passage, (line, line))
        ends[passage] = min(first, line), max(last, line)
    return ends


def _inside(hunk: Hunk, was: Mapping[int, int], now: Mapping[int, int]) -> set[int]:
    """Return the numbers of the passages that a hunk is in."""
    old_lines = range(hunk.old_start, hunk.old_start + len(hunk.old_lines))
    new_lines = range(hunk.new_start, hunk.new_start + len(hunk.new_lines))
    return {was[line] for line in old_lines if line in was} | {now[line] for line in new_lines if line in now}


def _owners(places: Places, passages: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return the number of the passage for each line; blank lines between two blocks of it are its own too."""
    owners: dict[int, int] = {}
    for number, (start, end) in enumerate(passages):
        blocks = places.blocks[start:end]
        if blocks:
            owners |= dict.fromkeys(range(blocks[0].start, blocks[-1].stop), number)
        if end > len(places.blocks):
            owners |= dict.fromkeys((line for note in places.notes for line in note), number)
    return owners


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
