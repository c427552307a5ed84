"""Headings of a document and the anchors that lead to them."""

import unicodedata
from dataclasses import dataclass

ANCHOR_PREFIX = "s-"
LONGEST_SLUG = 80
LONGEST_TEXT = 200
UNNAMED = "section"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents: `level` 1 to 6, `text` without markup, `anchor` the id in the page."""

    level: int
    text: str
    anchor: str


class Contents:
    """Collects the headings of one document in reading order, with anchors that are unique in it."""

    def __init__(self) -> None:
        self._headings: list[Heading] = []
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}

    def add(self, level: int, text: str) -> Heading:
        """Add a heading and return it; the second "Notes" gets `s-notes-1`, the third `s-notes-2`."""
        heading = Heading(level, _shortened(text), self._unique(ANCHOR_PREFIX + (slug(text) or UNNAMED)))
        self._headings.append(heading)
        return heading

    def __contains__(self, anchor: str) -> bool:
        return anchor in self._taken

    @property
    def headings(self) -> tuple[Heading, ...]:
        """What was added so far."""
        return tuple(self._headings)

    def _unique(self, anchor: str) -> str:
        candidate = anchor
        while candidate in self._taken:
            self._repeats[anchor] = self._repeats.get(anchor, 0) + 1
            candidate = f"{anchor}-{self._repeats[anchor]}"
        self._taken.add(candidate)
        return candidate


def slug(text: str) -> str:
    """Return `text` as GitHub writes it in a fragment, so that links written for GitHub fit.

    "What's new?" is "whats-new". Letters, digits and marks of any script stay, blanks become hyphens,
    everything else goes. It may be empty.
    """
    kept = (character for character in text.lower().strip() if _belongs(character))
    return "".join("-" if character.isspace() else character for character in kept)[:LONGEST_SLUG]


def _belongs(character: str) -> bool:
    return character in "-_ " or unicodedata.category(character)[0] in "LNM"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
