"""Takes single changes of a comparison back into a text, also into one that has moved on since."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from webapp.errors import NotTaken
from webapp.pure import diff
from webapp.pure.content import Writing
from webapp.pure.diff import Comparison, Equal
from webapp.pure.merge import merge

TITLE, TAGS = "title", "tags"
"""The changes that are not of the text, as a tick names them."""
FORM = "form"
SEPARATOR = "+"
"""Between the keys of changes that one tick takes."""

Side = int | Literal["form"]
"""A revision's number, or what stands in the form."""


class Refusal(StrEnum):
    """Why a change was not taken back; the value is a sentence about it."""

    STALE = "The text has changed since the changes were shown, and one that you chose is not there any more."
    CLASH = "The text has changed where a change that you chose would go, and the two do not go together."


@dataclass(frozen=True, slots=True)
class Tick:
    """One change that somebody chose among those from `old` to `new`.

    `taken` is the one of the two that it is taken from. `key` is `Hunk.key`, "title" or "tags", or several
    of them in one.
    """

    old: Side
    new: Side
    taken: int
    key: str

    def __str__(self) -> str:
        return f"{self.old}.{self.new}.{self.taken}.{self.key}"

    @property
    def keys(self) -> list[str]:
        """What it takes, one by one."""
        return self.key.split(SEPARATOR)

    @staticmethod
    def parse(text: str) -> "Tick":
        """Return the tick that was written as `str(tick)`. Raises ValueError."""
        old, new, taken, key = text.split(".")
        tick = Tick(_side(old), _side(new), _number(taken), key)
        if tick.taken not in (tick.old, tick.new) or tick.old == tick.new:
            raise ValueError("A change is taken from one of the two that are compared.")
        return tick


def into(form: Writing, *, old: Writing, new: Writing, keys: Collection[str], from_old: bool) -> Writing:
    """Return `form` with the changes named by `keys`, of those from `old` to `new`, as they are in one of the two.

    A title and tags come over as they are; a change of the text is merged into a form that
    does not say what the other side does. Raises NotTaken, and diff.TooLarge.
    """
    taken, other = (old, new) if from_old else (new, old)
    title = taken.title if TITLE in keys else form.title
    tags = taken.tags if TAGS in keys else form.tags
    of_text = set(keys) - {TITLE, TAGS}
    if not of_text:
        return replace(form, title=title, tags=tags)
    comparison = diff.compare(old.body, new.body)
    if of_text - {hunk.key for hunk in comparison.hunks}:
        raise NotTaken(Refusal.STALE)
    merged = merge(other.body, form.body, taken_over(comparison, of_text, from_old=from_old))
    if not merged.clean:
        raise NotTaken(Refusal.CLASH)
    return Writing(title=title, tags=tags, body=merged.text)


def taken_over(comparison: Comparison, keys: Collection[str], *, from_old: bool) -> str:
    """Return the side that is not taken from, with the chosen hunks as they are on the other."""
    lines: list[str] = []
    for block in comparison.blocks:
        if isinstance(block, Equal):
            lines += block.lines
        else:
            lines += block.old_lines if (block.key in keys) is from_old else block.new_lines
    return "\n".join(lines)


def _side(text: str) -> Side:
    return "form" if text == FORM else _number(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise ValueError(f"{text[:20]!r} is not the number of a revision.")
    return int(text)
