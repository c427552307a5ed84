"""Cuts Markdown into the passages that a reader would name: paragraphs, headings, list items, table rows, code.

By the look of the lines alone, which is enough for speaking about a change; nothing is rendered from it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

COUNTED_LINES = 400
"""Further down in a section nobody counts paragraphs."""

_FENCES = ("```", "~~~")
_ITEM = re.compile(r"\s{0,12}(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")


class Form(StrEnum):
    """What a passage is; the value is what a reader calls it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "list item"
    ROW = "table row"
    CODE = "code block"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its words on one line. `line` is where it starts in what was cut, `level` that of a heading."""

    form: Form
    text: str
    line: int
    level: int = 0


def cut(lines: Sequence[str], *, in_code: bool = False) -> list[Passage]:
    """Return the passages of the lines; `in_code` says that they begin within a code block."""
    passages: list[Passage] = []
    form, start, words = (Form.CODE, 0, []) if in_code else (Form.PARAGRAPH, 0, list[str]())

    def close() -> None:
        if text := " ".join(" ".join(words).split()):
            passages.append(Passage(form, text, start))
        words.clear()

    for at, line in enumerate(lines):
        if form is Form.CODE:
            words.append(line)
            if line.startswith(_FENCES) and (at > start or in_code):
                close()
                form, in_code = Form.PARAGRAPH, False
            continue
        begins = _begins(line)
        if begins is Form.HEADING:
            close()
            passages.append(Passage(begins, heading_text(line), at, level=_level(line)))
        elif begins is not None or not line.strip():
            close()
            form = begins or Form.PARAGRAPH
        if begins is not Form.HEADING and line.strip():
            if not words:
                start = at
            words.append(line)
    close()
    return passages


def continues(before: str, line: str) -> bool:
    """Return whether a line belongs to the passage of the line before it, code left aside."""
    if not before.strip() or not line.strip():
        return False
    return _begins(before) is not Form.HEADING and _begins(line) is None


def heading_text(line: str) -> str:
    """Return the words of a heading's line."""
    return " ".join(line.strip().strip("#").split())


class Outline:
    """Where the lines of a text stand: below which heading, at which number, and whether in code.

    Looks no further than it is asked: most changes are told from a few lines around them.
    """

    def __init__(self, text: str, lines: Sequence[str]) -> None:
        self._lines = lines
        self._has_code = any(fence in text for fence in _FENCES)

    def in_code(self, at: int) -> bool:
        """Return whether line `at` begins within a code block."""
        return bisect_left(self._fences, at) % 2 == 1

    def section(self, at: int) -> str:
        """Return the nearest heading above line `at`, or in it, "" if there is none."""
        start = self._start(at)
        return heading_text(self._lines[start]) if start >= 0 else ""

    def number(self, at: int, form: Form) -> int:
        """Return how many passages of that form begin in the section of line `at`, up to and with that line.

        0 when the section is too long to count in.
        """
        start = max(self._start(at), 0)
        if at - start > COUNTED_LINES:
            return 0
        return sum(passage.form is form for passage in cut(self._lines[start : at + 1]))

    @cached_property
    def _fences(self) -> list[int]:
        if not self._has_code:
            return []
        return [at for at, line in enumerate(self._lines) if line.startswith(_FENCES)]

    def _start(self, at: int) -> int:
        """Return the line of the nearest heading up to line `at`, -1 if there is none near."""
        for above in range(min(at, len(self._lines) - 1), max(at - COUNTED_LINES, 0) - 1, -1):
            if self._lines[above].startswith("#") and _HEADING.match(self._lines[above]) and not self.in_code(above):
                return above
        return -1


def _begins(line: str) -> Form | None:
    """Return what begins with this line, whatever came before; None for a line of plain text or an empty one."""
    if line[:1].isalpha() or not line:
        return None
    first = line.lstrip()[:1]
    if first == "#" and _HEADING.match(line):
        return Form.HEADING
    if line.startswith(_FENCES):
        return Form.CODE
    if first == "|":
        return Form.ROW
    return Form.ITEM if _ITEM.match(line) else None


def _level(line: str) -> int:
    return len(line) - len(line.lstrip("#"))
