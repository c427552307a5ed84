"""Compares two texts as they are read: rendered, with what went and what came marked where it stands.

Formatting counts: a link that leads elsewhere, a word in bold, a heading of another level are changes too, and told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from webapp.pure import alignment, diff, folding, markdown, origins, take, units
from webapp.pure.alignment import Budget, Span
from webapp.pure.altered import Passage
from webapp.pure.diff import Comparison
from webapp.pure.folding import Fold, Kind, Mark
from webapp.pure.origins import Read
from webapp.pure.units import Unit

LONGEST_TEXT = 500_000  # characters of either
MOST_TAGS = 30_000  # of either; a document of 75 KB with a link in every line has 4,000
MOST_CHARACTERS = 1_500_000  # of a page's source
MOST_CELLS = 60_000_000  # for the words of all passages together
CONTEXT_UNITS, SMALLEST_FOLD, OPENED_UNITS = 1, 2, 200


class TooLong(ValueError):
    """A text that is too long to be compared as it is read."""


@dataclass(frozen=True, slots=True)
class Same:
    """So many units that did not change, as they are read; `opened` says that they were folded."""

    kind: ClassVar[str] = "same"
    html: Markup
    count: int
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Altered:
    """A passage in which something changed; `number` counts them from 0.

    `key` names its hunks for `pure.take`, empty if it has none; `along` other passages change with them.
    """

    kind: ClassVar[str] = "change"
    number: int
    html: Markup
    key: str = ""
    along: int = 0


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a page shows of two texts, in order. `left_out` changes did not fit. `by_line`: the same two by line."""

    parts: tuple[Same | Fold | Altered, ...]
    marks: tuple[Mark, ...]
    left_out: int
    by_line: Comparison
    passages: Mapping[int, int]
    """The number of the change that a hunk is in, by the hunk's."""

    @property
    def shown(self) -> int:
        """How many changes are shown."""
        return len(self.marks)


def compare(old: str, new: str, *, first: int = 1, opened: range | None = None) -> Rendering:
    """Return what changed from `old` to `new`, both Markdown, as their readers see it.

    `first` is what the first change is called where a moved passage names another. `opened` are units of the old text,
    by numbers from 1, whose fold was opened. The work is bounded. Raises TooLong.
    """
    old_units, new_units = _units(old), _units(new)
    spans = alignment.align([unit.key for unit in old_units], [unit.key for unit in new_units])
    passages = [Passage(old_units[a:b], new_units[c:d]) for equal, a, b, c, d in spans if not equal]
    _find_moves(passages, first)
    by_line = diff.compare(old, new)
    sources = origins.of(spans, Read(old, old_units), Read(new, new_units), by_line)
    parts: list[Same | Fold | Altered] = []
    heights: list[tuple[int, Kind | None]] = []
    budget, room, number = Budget(cells=MOST_CELLS), MOST_CHARACTERS, 0
    for at, span in enumerate(spans):
        if span.equal:
            context = [0 if at == end else CONTEXT_UNITS for end in (0, len(spans) - 1)]
            added: list[Same | Fold | Altered] = list(_kept(old_units, span, context, opened))
            heights += [(_height(part), None) for part in added]
        else:
            passage = passages[number]
            key = take.SEPARATOR.join(hunk.key for hunk in sources[number].hunks)
            added = [Altered(number, markdown.marked(passage.html(budget)), key, sources[number].along)]
            heights.append((_height(added[0]), passage.kind))
            number += 1
        parts += added
        room -= sum(len(part.html) for part in added if not isinstance(part, Fold))
        if room < 0:
            break
    found = {hunk.number: number for number, source in enumerate(sources) for hunk in source.hunks}
    marks = tuple(folding.place(heights))
    return Rendering(tuple(parts), marks, left_out=len(passages) - len(marks), by_line=by_line, passages=found)


def opened_units(text: str, *, first: int, last: int) -> tuple[Same | Fold, ...]:
    """Return units `first` to `last` of `text`, counted from 1, as a fold opens to them. Raises TooLong."""
    first = max(first, 1)
    found = _units(text)[first - 1 : max(last, 0)]
    if not found:
        return ()
    shown, rest = found[:OPENED_UNITS], found[OPENED_UNITS:]
    same = _same(shown, opened=True)
    return (same, _fold(rest, first + len(shown))) if rest else (same,)


def _units(text: str) -> list[Unit]:
    html = str(markdown.render(text)) if len(text) <= LONGEST_TEXT else ""
    if len(text) > LONGEST_TEXT or html.count("<") > MOST_TAGS:
        raise TooLong("These texts are too long to be compared as they are read.")
    return units.cut(html)


def _kept(old_units: Sequence[Unit], span: Span, context: Sequence[int], opened: range | None) -> Iterator[Same | Fold]:
    """Yield the units of an equal span, those far from changes folded."""
    found = old_units[span.old_start : span.old_end]
    asked = (0, 0) if opened is None else (opened.start - 1 - span.old_start, opened.stop - 1 - span.old_start)
    asked = asked[0], min(asked[1], max(asked[0], 0) + OPENED_UNITS)
    shown = folding.unfolded(len(found), head=context[0], tail=context[1], opened=asked, smallest=SMALLEST_FOLD)
    done = 0
    for start, end, was_folded in shown:
        if start > done:
            yield _fold(found[done:start], span.old_start + done + 1)
        yield _same(found[start:end], opened=was_folded)
        done = end
    if done < len(found):
        yield _fold(found[done:], span.old_start + done + 1)


def _same(found: Sequence[Unit], *, opened: bool) -> Same:
    return Same(markdown.marked(units.joined(found)), len(found), opened=opened)


def _fold(found: Sequence[Unit], first: int) -> Fold:
    return Fold(first, tuple(unit.html for unit in found))


def _find_moves(passages: Sequence[Passage], first: int) -> None:
    """Say of units that are a passage's old and new place where the other one is."""
    left: dict[str, list[tuple[int, Unit]]] = {}  # what it reads: where it was removed, the first place last
    for number in reversed(range(len(passages))):
        for unit in reversed(passages[number].old):
            left.setdefault(unit.html, []).append((number, unit))
    for number, passage in enumerate(passages):
        for unit in passage.new:
            places = left.get(unit.html)
            if not places or len(unit.text.strip()) < diff.SHORTEST_PASSAGE:
                continue
            came_from, old = places.pop()
            inside = "moved within this change"
            passage.moved[unit] = inside if came_from == number else f"moved here, from change {first + came_from}"
            passages[came_from].moved[old] = (
                inside if came_from == number else f"moved away, to change {first + number}"
            )


def _height(part: Same | Fold | Altered) -> int:
    """Return about how many characters of the page a part takes; an element as much as a few words."""
    return 2 * folding.LINE_CHARACTERS if isinstance(part, Fold) else len(part.html) + folding.LINE_CHARACTERS
