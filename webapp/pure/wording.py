"""Puts what changed in one place of a text in words, by rule."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile, zip_longest

from webapp.pure import inline, passages, plural, tokens
from webapp.pure.areas import Area, Moved
from webapp.pure.inline import Piece
from webapp.pure.passages import Form, Outline, Passage
from webapp.pure.quoting import quote

MOST_WORDS = 8
"""Of a longer phrase the words are counted instead of quoted."""
MOST_LINES = 1000
"""Where more changed in one place, only their number is said."""
SPACE = "only white space changed"

# Both sides of a link stop at the next bracket, so no text takes more than a look at each of its characters.
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
_BOX = re.compile(r"[-*+] \[([ xX])\] ")
_MARKS = str.maketrans("", "", "*_`~")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that changed: `what` happened, and `where`; with a `unit`, to so many of them as `amount` says.

    `hunk` is the number of the hunk that shows it, None for what is not in the text.
    """

    what: str
    where: str = ""
    hunk: int | None = None
    unit: str = ""
    amount: int = 1

    @property
    def text(self) -> str:
        """The fact as a sentence without its full stop."""
        what = f"{counted(self.amount, self.unit)} {self.what}" if self.unit else self.what
        return capital(f"{self.where}: {what}" if self.where else what)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for the changes of a text with this outline; quotations have at most `most` characters.

    When it is `brief`, what quotes the text does not say where it stands, and the rest says only below which heading.
    """

    outline: Outline
    most: int
    brief: bool = False

    def moved(self, moved: Moved) -> Iterator[Fact]:
        """Yield that passages stand elsewhere."""
        way = "moved up" if moved.up else "moved down"
        there = passages.cut(moved.lines)
        if there and there[0].form is Form.HEADING:
            yield Fact(f"section {self._quote(there[0].text)} {way}", hunk=moved.hunk)
        elif there:
            yield Fact(way, hunk=moved.hunk, unit=_unit(there), amount=len(there))

    def changed(self, area: Area) -> Iterator[Fact]:
        """Yield what became of the passages of an area, at least one fact."""
        if len(area.old_lines) + len(area.new_lines) > MOST_LINES:
            yield from _by_line(area)
            return
        old, new = (passages.cut(lines, in_code=area.in_code) for lines in (area.old_lines, area.new_lines))
        head, tail = _common_ends(old, new)
        old, new = old[head : len(old) - tail], new[head : len(new) - tail]
        if not old and not new:
            yield Fact(SPACE, hunk=area.hunk)
        rows = inline.rows([passage.text for passage in old], [passage.text for passage in new])
        for paired, group in groupby(rows, key=lambda row: None not in (row.old_line, row.new_line)):
            if paired:
                for row in group:
                    yield from self._reworded(area, old[row.old_line or 0], new[row.new_line or 0], row.pieces)
            else:
                unpaired = list(group)
                removed = [old[row.old_line] for row in unpaired if row.old_line is not None]
                added = [new[row.new_line] for row in unpaired if row.new_line is not None]
                yield from self._replaced(area, removed, added)

    def _reworded(self, area: Area, old: Passage, new: Passage, pieces: Iterable[Piece]) -> Iterator[Fact]:
        if old.text == new.text:
            yield self._reshaped(area, old, new)
        elif old.form is new.form is Form.HEADING:
            yield Fact(f"heading {self._became(old.text, new.text)}", hunk=area.hunk)
        elif (ticked := _ticked(old.text, new.text)) is not None:
            yield Fact(f"{self._quote(_BOX.sub('', new.text))} {ticked}", hunk=area.hunk)
        elif _LINK.sub(r"\1", old.text) == _LINK.sub(r"\1", new.text):
            yield self._relinked(area, self._where(area, new), _LINK.findall(old.text), _LINK.findall(new.text))
        elif old.text.translate(_MARKS) == new.text.translate(_MARKS):
            yield Fact("only the formatting changed", self._where(area, new), area.hunk)
        else:
            told = self._words(_changes(pieces))
            where = "" if self.brief and told[0].startswith("“") else self._where(area, new)
            for what in told:
                yield Fact(what, where, area.hunk)

    def _reshaped(self, area: Area, old: Passage, new: Passage) -> Fact:
        """Return what became of a passage whose words stayed."""
        if old.form is not new.form:
            return Fact(f"{self._quote(new.text)} became a {new.form}", hunk=area.hunk)
        if old.level != new.level:
            return Fact(f"heading {self._quote(new.text)} is of level {new.level} now", hunk=area.hunk)
        return Fact(SPACE, hunk=area.hunk)

    def _relinked(self, area: Area, where: str, old: list[tuple[str, str]], new: list[tuple[str, str]]) -> Fact:
        if len(old) != len(new):
            verb = "added" if len(new) > len(old) else "removed"
            return Fact(verb, where, area.hunk, unit="link", amount=abs(len(new) - len(old)))
        elsewhere = [now for was, now in zip(old, new, strict=True) if was != now]
        if len(elsewhere) != 1:
            return Fact("changed", where, area.hunk, unit="link", amount=len(elsewhere) or len(new))
        label, target = elsewhere[0]
        return Fact(f"{self._quote(label)} links to {self._quote(target)} now", where, area.hunk)

    def _words(self, changes: Sequence[tuple[str, str]]) -> list[str]:
        """Return what happened to the words of a passage: each by itself where they are few, else how many."""
        short = all(len(side.split()) <= MOST_WORDS for change in changes for side in change)
        if short and len(set(changes)) <= 2:
            return [self._became(was, now) for was, now in changes]
        removed, added = (sum(len(tokens.words(change[side])) for change in changes) for side in (0, 1))
        if added and removed:
            return [f"{counted(added, 'word')} added, {removed:,} removed"]
        if added or removed:
            return [f"{counted(added, 'word')} added" if added else f"{counted(removed, 'word')} removed"]
        return ["only punctuation changed"]

    def _replaced(self, area: Area, removed: Sequence[Passage], added: Sequence[Passage]) -> Iterator[Fact]:
        """Yield what became of passages that have nothing in common with those that stand in their place."""
        forms = {passage.form for passage in (*removed, *added)}
        if len(removed) != len(added) or (len(added) > 1 and Form.HEADING in forms):
            yield from self._come_or_gone(area, removed, "removed", at=[area.start] * len(removed))
            yield from self._come_or_gone(area, added, "added", at=[area.start + passage.line for passage in added])
        elif len(added) > 1 or len(forms) > 1:
            yield Fact("rewritten", hunk=area.hunk, unit=_unit([*removed, *added]), amount=len(added))
        elif forms == {Form.HEADING}:
            yield Fact(f"heading {self._became(removed[0].text, added[0].text)}", hunk=area.hunk)
        elif Form.CODE not in forms and all(len(passage.text.split()) <= MOST_WORDS for passage in (*removed, *added)):
            where = "" if self.brief else self._where(area, added[0])
            yield Fact(self._became(removed[0].text, added[0].text), where, area.hunk)
        elif self.brief:
            yield Fact("rewritten", hunk=area.hunk, unit=_unit(added))
        else:
            yield Fact("rewritten", self._where(area, added[0]), area.hunk)

    def _come_or_gone(self, area: Area, here: Sequence[Passage], verb: str, *, at: Sequence[int]) -> Iterator[Fact]:
        """Yield that passages were added or removed; `at` are their lines, or where they were, in the new text."""
        before = list(takewhile(lambda passage: passage.form is not Form.HEADING, here))
        for unit, group in groupby(before, key=lambda passage: passage.form.value):
            amount = len(list(group))
            yield Fact(f"{verb}{self._place(at[0], unit)}", hunk=area.hunk, unit=unit, amount=amount)
        sections = here[len(before) :]
        top = 7
        for passage, after in zip_longest(sections, sections[1:]):
            if passage.form is Form.HEADING and passage.level <= top:
                top = passage.level
                alone = after is None or (after.form is Form.HEADING and after.level <= top)
                yield Fact(f"{'heading' if alone else 'section'} {self._quote(passage.text)} {verb}", hunk=area.hunk)

    def _place(self, line: int, unit: str) -> str:
        """Return where, in the new text, something came or went."""
        if line == 0:
            return " at the start"
        section = self.outline.section(line - 1)
        number = 0 if self.brief or unit != Form.PARAGRAPH else self.outline.number(line - 1, Form.PARAGRAPH)
        if number:
            return f" after paragraph {number}" + (f" of {self._quote(section)}" if section else "")
        return f" in {self._quote(section)}" if section else ""

    def _where(self, area: Area, passage: Passage) -> str:
        line = area.start + passage.line
        section = self.outline.section(line)
        below = f"in {self._quote(section)}" if section else ""
        if self.brief:
            return below
        if passage.form is Form.CODE:
            return f"code {below}".rstrip()
        if not (number := self.outline.number(line, passage.form)):
            return below or "further down"
        return f"{passage.form} {number}" + (f" of {self._quote(section)}" if section else "")

    def _became(self, was: str, now: str) -> str:
        if not now.strip():
            return f"{self._quote(was)} removed"
        return f"{self._quote(was)} became {self._quote(now)}" if was.strip() else f"{self._quote(now)} added"

    def _quote(self, text: str) -> str:
        return quote(text, most=self.most)


def counted(amount: int, unit: str) -> str:
    """Return "one word", "3 words"."""
    return f"one {unit}" if amount == 1 else plural.of(amount, unit)


def capital(text: str) -> str:
    """Return the text with its first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def _by_line(area: Area) -> Iterator[Fact]:
    for verb, lines in (("removed", area.old_lines), ("added", area.new_lines)):
        if lines:
            yield Fact(verb, hunk=area.hunk, unit="line", amount=len(lines))


def _unit(there: Iterable[Passage]) -> str:
    forms = {passage.form.value for passage in there}
    return forms.pop() if len(forms) == 1 else "passage"


def _common_ends(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[int, int]:
    """Return how many passages are the same at the start, and how many of the others at the end."""

    def alike(pairs: Iterable[tuple[Passage, Passage]]) -> int:
        return sum(1 for _ in takewhile(lambda pair: _same(*pair), pairs))

    head = alike(zip(old, new, strict=False))
    return head, alike(zip(old[head:][::-1], new[head:][::-1], strict=False))


def _same(one: Passage, other: Passage) -> bool:
    return (one.form, one.level, one.text) == (other.form, other.level, other.text)


def _ticked(old: str, new: str) -> str | None:
    """Return "ticked" or "unticked" when that is all that happened to an item of a list."""
    was, now = _BOX.match(old), _BOX.match(new)
    if was is None or now is None or _BOX.sub("", old, count=1) != _BOX.sub("", new, count=1):
        return None
    return "unticked" if now[1] == " " else "ticked"


def _changes(pieces: Iterable[Piece]) -> list[tuple[str, str]]:
    """Return what gave way to what; white space alone is nothing."""
    changes: list[tuple[str, str]] = []
    was = ""
    for piece in (*pieces, Piece("equal", "")):
        now = piece.text if piece.kind == "insert" else ""
        if piece.kind != "delete" and (was.strip() or now.strip()):
            changes.append((was.strip(), now.strip()))
        was = piece.text if piece.kind == "delete" else ""
    return changes
