"""Cuts a rendered text into units, a paragraph or an item of a list each, and these into words with their surroundings.

It reads what our own sanitiser wrote and nothing else: every tag is one of a known few, closed where it must be, and no
quotation mark or angle bracket stands unescaped inside a value or a text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import NamedTuple

from webapp.pure import tokens
from webapp.pure.markdown import TAG, VOID_TAGS

BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table thead tbody tr th td section".split()  # noqa: SIM905
)
ENDING = frozenset("p h1 h2 h3 h4 h5 h6 li pre th td".split())  # noqa: SIM905
"""Blocks whose end is a place of its own: that is how two paragraphs made one are noticed."""

LOOSE = BLOCKS - {"pre"}
"""Blocks between which a line feed means nothing."""
CELLS = frozenset({"th", "td"})
BLOCK_END, CELL_END = "\0end", "\0cell"  # a heading ends as a paragraph does: what it was is told apart

_PIECE = re.compile(r"<[^>]*>|[^<]+")
_TAG_NAME = re.compile(r"</?(\w+)")
_CODE_OR_LINE_END = re.compile(r"<pre>.*?</pre>|\n", re.DOTALL)
_ID = re.compile(r' id="[^"]*"')


class Node:
    """An element of a rendered text; every one is itself, however alike they look."""

    __slots__ = ("name", "start")

    def __init__(self, start: str) -> None:
        self.start = start
        self.name = start[1:].split(" ", 1)[0].rstrip(">")

    @property
    def is_block(self) -> bool:
        """Whether it stands on lines of its own."""
        return self.name in BLOCKS


class Leaf(NamedTuple):
    """A word, a space, a mark, a picture or the end of a block, and the elements around it from the outermost on.

    Two of the same `key` read the same; `html` is what stands on the page for it, empty for the end of a block.
    """

    key: str
    path: tuple[Node, ...]
    html: str

    @property
    def is_end(self) -> bool:
        """Whether it is the end of a block."""
        return not self.html


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A paragraph, a table, an item of a list, whatever stands for itself; `around` is the list of an item."""

    html: str
    around: Node | None

    @property
    def key(self) -> str:
        """What it is compared by: equal units are told apart by nothing."""
        return self.html if self.around is None else f"{self.around.start}{self.html}"

    @property
    def name(self) -> str:
        """The element that it is."""
        return _name(self.html)

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return unescape(TAG.sub("", self.html))

    def leaves(self, *, whole: bool = False) -> Iterator[Leaf]:
        """Yield what it consists of; `whole` leaves its texts uncut, which is less work and tells less."""
        path = () if self.around is None else (self.around,)
        pieces = _PIECE.findall(self.html)
        for at, piece in enumerate(pieces):
            name = _name(piece)
            if not name:
                if not _is_layout(pieces, at):
                    yield from _words(unescape(piece), path, whole=whole)
            elif name in VOID_TAGS:
                yield Leaf(f"\0{piece}", path, piece)
            elif not piece.startswith("</"):
                path = (*path, Node(piece))
            else:
                if name in ENDING:
                    yield Leaf(CELL_END if name in CELLS else BLOCK_END, path, "")
                path = path[:-1]


def cut(html: str) -> list[Unit]:
    """Return the units of a rendered text in order, without the anchors in them.

    What the author struck out becomes `<s>`: `<del>` is for what went. Where a line of the source ends is nothing that
    a reader sees, but in code.
    """
    html = _ID.sub("", html).replace("<del>", "<s>").replace("</del>", "</s>")
    html = _CODE_OR_LINE_END.sub(lambda found: " " if found[0] == "\n" else found[0], html)
    units = []
    around: Node | None = None
    depth = start = 0
    for tag in TAG.finditer(html):
        closes, name = tag[1], tag[2]
        outermost = 0 if around is None else 1
        if name in VOID_TAGS:
            if depth == outermost:
                units.append(Unit(tag[0], around))
        elif closes:
            depth -= 1
            if depth == outermost:
                units.append(Unit(html[start : tag.end()], around))
            elif depth == 0:
                around = None
        else:
            if depth == 0 and name == "ul":
                around = Node(tag[0])
            elif depth == outermost:
                start = tag.start()
            depth += 1
    return units


def joined(units: Sequence[Unit]) -> str:
    """Return the units as one piece of a page, the items of a list in it again."""
    parts: list[str] = []
    around: Node | None = None
    for unit in units:
        if unit.around is not around:
            parts.append(("</ul>" if around else "") + (unit.around.start if unit.around else ""))
            around = unit.around
        parts.append(unit.html)
    return "".join(parts) + ("</ul>" if around else "")


def _name(piece: str) -> str:
    found = _TAG_NAME.match(piece)
    return found[1] if found else ""


def _is_layout(pieces: list[str], at: int) -> bool:
    """Return whether a text is only the line feed between two blocks."""
    beside = pieces[max(at - 1, 0) : at] + pieces[at + 1 : at + 2]
    return not pieces[at].strip() and any(_name(piece) in LOOSE for piece in beside)


def _words(text: str, path: tuple[Node, ...], *, whole: bool) -> Iterator[Leaf]:
    for word in [text] if whole else tokens.split(text):
        yield Leaf(word, path, escape(word, quote=False))
