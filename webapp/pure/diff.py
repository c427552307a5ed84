"""Compares two texts line by line, and takes chosen differences over from one into the other.

Line feeds separate lines, nothing else does, so that joining them gives the text back; the empty text has no lines.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import ClassVar

from webapp.pure import alignment, inline

LARGEST_TEXT = 2 * 1024 * 1024  # characters
SHORTEST_PASSAGE = 20  # characters; what is shorter, a fence or a rule, recurs without having moved


class TooLarge(ValueError):
    """A text of more characters than are compared."""


class NoSuchHunk(ValueError):
    """A number that none of the hunks has."""


@dataclass(frozen=True, slots=True)
class Equal:
    """Lines that stand in both texts, from line `old_start` of the old one and `new_start` of the new one on."""

    changed: ClassVar[bool] = False
    old_start: int
    new_start: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hunk:
    """`old_lines`, from line `old_start` of the old text on, gave way to `new_lines`; either may be empty.

    `number` counts the hunks of a comparison from 0, `old_start` and `new_start` the lines of a text from 0.
    `moved_to` is the number of the hunk where the old lines stand again, `moved_from` of the one where the new lines
    stood before.
    """

    changed: ClassVar[bool] = True
    number: int
    old_start: int
    new_start: int
    old_lines: tuple[str, ...]
    new_lines: tuple[str, ...]
    moved_from: int | None = None
    moved_to: int | None = None

    @property
    def key(self) -> str:
        """A name that no other change has, of this comparison or of one of texts that changed meanwhile."""
        parts = (self.old_start, self.new_start, self.old_lines, self.new_lines)
        return blake2b(repr(parts).encode(errors="surrogatepass"), digest_size=9).hexdigest()

    def inline_rows(self) -> tuple[inline.Row, ...]:
        """Return the hunk as one column of rows that are deleted, inserted or reworded; reckoned on each call."""
        return inline.rows(self.old_lines, self.new_lines, old_start=self.old_start, new_start=self.new_start)

    def split_rows(self) -> tuple[inline.Row, ...]:
        """Return the hunk as rows for two columns, old line beside new line; reckoned on each call."""
        return inline.side_by_side(self.inline_rows())


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts as blocks, equal and changed in turn, from the first line to the last."""

    blocks: tuple[Equal | Hunk, ...]

    @property
    def hunks(self) -> tuple[Hunk, ...]:
        """The changed blocks; a hunk's number is its place here."""
        return tuple(block for block in self.blocks if isinstance(block, Hunk))

    @property
    def lines_added(self) -> int:
        """How many lines only the new text has."""
        return sum(len(hunk.new_lines) for hunk in self.hunks)

    @property
    def lines_removed(self) -> int:
        """How many lines only the old text has."""
        return sum(len(hunk.old_lines) for hunk in self.hunks)


def compare(old: str, new: str) -> Comparison:
    """Return what changed from `old` to `new`; no blocks when both are empty. Raises TooLarge."""
    old_lines, new_lines = lines(old), lines(new)
    blocks: list[Equal | Hunk] = []
    number = 0
    for span in alignment.align(old_lines, new_lines):
        was = tuple(old_lines[span.old_start : span.old_end])
        if span.equal:
            blocks.append(Equal(span.old_start, span.new_start, was))
        else:
            now = tuple(new_lines[span.new_start : span.new_end])
            blocks.append(Hunk(number, span.old_start, span.new_start, was, now))
            number += 1
    return _with_moves(Comparison(tuple(blocks)))


def take(current: str, target: str, chosen: Collection[int]) -> str:
    """Return `current` with the `chosen` hunks of its difference from `target` taken over, the others left as they are.

    All of them give `target`, none gives `current`. Raises NoSuchHunk, TooLarge.
    """
    comparison = compare(current, target)
    numbers = set(chosen)
    if unknown := numbers.difference(range(len(comparison.hunks))):
        raise NoSuchHunk(f"There is no change number {min(unknown) + 1} between these texts.")
    taken: list[str] = []
    for block in comparison.blocks:
        if isinstance(block, Equal):
            taken += block.lines
        else:
            taken += block.new_lines if block.number in numbers else block.old_lines
    return "\n".join(taken)


def lines(text: str) -> list[str]:
    """Return the lines of a text without the line feeds between them. Raises TooLarge."""
    if len(text) > LARGEST_TEXT:
        raise TooLarge(f"Texts of more than {LARGEST_TEXT:,} characters are not compared.")
    return text.split("\n") if text else []


def _with_moves(comparison: Comparison) -> Comparison:
    """Return the comparison with hunks that are a passage's old and new place pointing to each other."""
    left: dict[str, list[int]] = {}  # passage: hunks that removed it, the first one last
    for hunk in reversed(comparison.hunks):
        left.setdefault(_passage(hunk.old_lines), []).append(hunk.number)
    left.pop("", None)
    moved_from: dict[int, int] = {}
    for hunk in comparison.hunks:
        places = left.get(_passage(hunk.new_lines))
        if places:
            moved_from[hunk.number] = places.pop()
    if not moved_from:
        return comparison
    moved_to = {old: new for new, old in moved_from.items()}
    return Comparison(
        tuple(
            replace(block, moved_from=moved_from.get(block.number), moved_to=moved_to.get(block.number))
            if isinstance(block, Hunk)
            else block
            for block in comparison.blocks
        )
    )


def _passage(lines: Sequence[str]) -> str:
    """Return what can be recognised elsewhere: the lines without the space around them, "" if that is too little."""
    text = "\n".join(lines).strip()
    return text if len(text) >= SHORTEST_PASSAGE and any(map(str.isalnum, text)) else ""
