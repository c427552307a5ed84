"""Shows which words changed within the lines of a hunk, for reading in one column or in two."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Literal

from webapp.pure import alignment, tokens

# A hunk with more than this shows its lines as deleted and inserted whole.
MOST_LINES = 200
MOST_CHARACTERS = 20_000
MOST_CELLS = 4_000_000

# Two lines are versions of one line when whole words that stand in both hold this share of the shorter one's letters.
SHARED_LETTERS = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that stands in both texts, or only in the old or only in the new one."""

    kind: Literal["equal", "delete", "insert"]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """An old line, a new line, or the two beside each other; the line numbers count from 0."""

    old_line: int | None
    new_line: int | None
    pieces: tuple[Piece, ...]

    @property
    def reworded(self) -> bool:
        """Whether some of the line stayed."""
        return any(piece.kind == "equal" for piece in self.pieces)

    @property
    def old_pieces(self) -> tuple[Piece, ...]:
        """What the old line consists of."""
        return tuple(piece for piece in self.pieces if piece.kind != "insert")

    @property
    def new_pieces(self) -> tuple[Piece, ...]:
        """What the new line consists of."""
        return tuple(piece for piece in self.pieces if piece.kind != "delete")


def rows(
    old_lines: Sequence[str], new_lines: Sequence[str], *, old_start: int = 0, new_start: int = 0
) -> tuple[Row, ...]:
    """Return one row per line, for one column: deleted lines, inserted ones, the next reworded one, and so on.

    `old_start` and `new_start` are the numbers of the first lines. A row takes some microseconds; of a hunk of very
    many lines pass in as many as are shown.
    """
    found: list[Row] = []
    old_done = new_done = 0
    for old_at, new_at in [*_pairs(old_lines, new_lines), (len(old_lines), len(new_lines))]:
        found += [Row(old_start + at, None, (Piece("delete", old_lines[at]),)) for at in range(old_done, old_at)]
        found += [Row(None, new_start + at, (Piece("insert", new_lines[at]),)) for at in range(new_done, new_at)]
        if old_at < len(old_lines):
            pieces = tuple(_reworded(old_lines[old_at], new_lines[new_at]))
            found.append(Row(old_start + old_at, new_start + new_at, pieces))
        old_done, new_done = old_at + 1, new_at + 1
    return tuple(found)


def side_by_side(column: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows of one column for two: deleted lines stand beside the inserted ones that follow them."""
    beside: list[Row] = []
    for paired, group in groupby(column, key=lambda row: None not in (row.old_line, row.new_line)):
        stretch = list(group)
        if paired:
            beside += stretch
            continue
        deleted = [row for row in stretch if row.new_line is None]
        inserted = [row for row in stretch if row.old_line is None]
        for old, new in zip_longest(deleted, inserted, fillvalue=Row(None, None, ())):
            beside.append(Row(old.old_line, new.new_line, old.pieces + new.pieces))
    return tuple(beside)


def kinship(old_lines: Sequence[str], new_lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return which lines may be versions of each other, as pairs of indexes, those that share the most letters first.

    No two pairs cross. None at all for more than is compared that closely.
    """
    together = [*old_lines, *new_lines]
    if len(together) > MOST_LINES or sum(map(len, together)) > MOST_CHARACTERS:
        return []
    old_words, new_words = _words_of_lines(old_lines), _words_of_lines(new_lines)
    old_letters, new_letters = _letters(old_words), _letters(new_words)
    shared: Counter[tuple[int, int]] = Counter()
    for span in _aligned([word for word, _ in old_words], [word for word, _ in new_words]):
        if span.equal:
            for at in range(span.old_end - span.old_start):
                word, old_line = old_words[span.old_start + at]
                shared[old_line, new_words[span.new_start + at][1]] += len(word)
    return [
        (old_line, new_line)
        for (old_line, new_line), letters in shared.most_common()
        if letters >= SHARED_LETTERS * min(old_letters[old_line], new_letters[new_line])
    ]


def is_glue(text: str, neighbourhood: Sequence[alignment.Span]) -> bool:
    """Return whether it only keeps two replaced words apart: "may be" → "must have" reads better as one replacement."""
    around = [span for span in neighbourhood if not span.equal]
    replaced = [span for span in around if span.old_start < span.old_end and span.new_start < span.new_end]
    return len(replaced) == 2 and not tokens.holds_a_word(text)


def _pairs(old_lines: Sequence[str], new_lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the lines that are versions of each other, as pairs of indexes that rise on both sides."""
    # Equal words rise on both sides, so do the pairs of their lines: no two can cross.
    pairs: dict[int, int] = {}
    for old_line, new_line in kinship(old_lines, new_lines):
        if old_line not in pairs and new_line not in pairs.values():
            pairs[old_line] = new_line
    return sorted(pairs.items())


def _reworded(old: str, new: str) -> Iterator[Piece]:
    """Yield the pieces of a line that has two versions; whole if it would take too long to see more."""
    old_tokens, new_tokens = tokens.split(old), tokens.split(new)
    spans = _aligned(old_tokens, new_tokens)
    deleted = inserted = ""
    for at, span in enumerate(spans):
        was = "".join(old_tokens[span.old_start : span.old_end])
        now = "".join(new_tokens[span.new_start : span.new_end])
        if span.equal and not is_glue(was, spans[max(at - 1, 0) : at + 2]):
            yield from _changed(deleted, inserted)
            yield Piece("equal", was)
            deleted = inserted = ""
        else:
            deleted += was
            inserted += now
    yield from _changed(deleted, inserted)


def _changed(deleted: str, inserted: str) -> Iterator[Piece]:
    if deleted:
        yield Piece("delete", deleted)
    if inserted:
        yield Piece("insert", inserted)


def _words_of_lines(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Return the words of all lines, each with the index of its line."""
    return [(word, at) for at, line in enumerate(lines) for word in tokens.split(line) if tokens.holds_a_word(word)]


def _letters(words: Iterable[tuple[str, int]]) -> Counter[int]:
    """Count the letters of the words of each line."""
    letters: Counter[int] = Counter()
    for word, at in words:
        letters[at] += len(word)
    return letters


def _aligned(old: Sequence[str], new: Sequence[str]) -> list[alignment.Span]:
    return alignment.align(old, new, budget=alignment.Budget(cells=MOST_CELLS))
