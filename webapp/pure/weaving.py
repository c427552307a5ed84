"""Weaves an old and a new rendered passage into one, with what went and what came marked where it stood.

Every word is written with the elements around it, and between two words just those are closed and opened in which they
differ: whatever the words are and in whatever order, each tag has its match.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from webapp.pure import inline, reshaping, tokens
from webapp.pure.alignment import Span
from webapp.pure.units import Leaf, Node

LABELS = {"del": "Deleted: ", "ins": "Inserted: "}

Path = tuple[Node, ...]


class _Item(NamedTuple):
    """Something to be written: `html` inside the elements of `path`."""

    path: Path
    html: str


@dataclass(slots=True)
class Weaver:
    """What was made so far of two passages, and which new elements stand for the old ones at this point."""

    items: list[_Item] = field(default_factory=list)
    images: dict[Node, Path] = field(default_factory=dict)
    told: set[Node] = field(default_factory=set)
    """Blocks of which it was said what they were."""
    remarks: dict[tuple[Path, Path], tuple[str, ...]] = field(default_factory=dict)
    """What was said of words in two elements."""
    is_marked: bool = False
    """Whether there is anything to be seen yet."""

    def weave(self, old: Sequence[Leaf], new: Sequence[Leaf], spans: Sequence[Span]) -> None:
        """Add an old and a new passage, which the spans align."""
        for was, now in _kept(old, new, spans):
            for node, image in _images(was, now).items():
                self.images.setdefault(node, image)
        for gone, come, kept in _stretches(old, new, spans):
            self._mark("del", [leaf._replace(path=self._image(leaf.path)) for leaf in gone])
            self._mark("ins", come)
            self._keep(kept)

    def replace(self, old: Sequence[Leaf], new: Sequence[Leaf]) -> None:
        """Add an old and a new passage that have nothing in common; either may be empty."""
        self.weave(old, new, [Span(equal=False, old_start=0, old_end=len(old), new_start=0, new_end=len(new))])

    def note(self, path: Path, words: str) -> None:
        """Add a remark in the innermost block of a path."""
        self.items.append(_Item(_blocks(path), reshaping.note(words)))
        self.is_marked = True

    def html(self) -> str:
        """Return what was woven, with every element closed."""
        return "".join(_written(self.items))

    def _image(self, path: Path) -> Path:
        """Return where something of the old passage belongs in the new one."""
        for depth in range(len(path), 0, -1):
            image = self.images.get(path[depth - 1])
            above = self.images.get(path[depth - 2], ()) if depth > 1 else ()
            if image is not None and image[:-1] == above:
                return image + path[depth:]
        return path

    def _mark(self, tag: str, leaves: Sequence[Leaf]) -> None:
        mark = Node(f"<{tag}>")
        label = f'<span class="visually-hidden">{LABELS[tag]}</span>'
        for at, leaf in enumerate(leaves):
            if leaf.is_end and at:
                self.items.append(_Item(leaf.path, ""))
                continue
            self.items.append(_Item((*leaf.path, mark), label + (reshaping.END if leaf.is_end else leaf.html)))
            label = ""
            self.is_marked = True

    def _keep(self, pairs: Iterable[tuple[Leaf, Leaf]]) -> None:
        for found, alike in groupby(pairs, key=lambda pair: self._remarks(pair[0].path, pair[1].path)):
            group = list(alike)
            # Which of two spaces stayed is nothing that anybody could tell.
            remarks = found if any(_is_worth_a_remark(now) for _, now in group) else ()
            mark = (Node(f'<span class="{reshaping.REWORKED_CLASS}">'),) if remarks else ()
            path: Path = ()
            for was, now in group:
                path = now.path
                self._tell_block(was.path, path)
                self.images |= _images(was, now)
                self.items.append(_Item((*path, *(() if now.is_end else mark)), now.html))
            for remark in remarks:
                self.note(path, remark)

    def _remarks(self, was: Path, now: Path) -> tuple[str, ...]:
        """Return what differs in how two equal words look; the words of one element all look alike."""
        beside = was[-1:], now[-1:]
        if beside not in self.remarks:
            self.remarks[beside] = reshaping.of_words(was, now)
        return self.remarks[beside]

    def _tell_block(self, was: Path, now: Path) -> None:
        """Say once of a block what it was, if that was another kind."""
        block = _blocks(now)[-1:]
        if not block or block[0] in self.told:
            return
        self.told.add(block[0])
        remark = reshaping.of_block(was, now)
        if remark:
            self.note(now, remark)


def _is_worth_a_remark(leaf: Leaf) -> bool:
    return leaf.key.startswith("\0") or tokens.holds_a_word(leaf.key)


def _images(was: Leaf, now: Leaf) -> Mapping[Node, Path]:
    """Return which elements around a word stand for which: from the outermost on, as long as they are alike."""
    images = {}
    for depth, (old, new) in enumerate(zip(was.path, now.path, strict=False), 1):
        if old.name != new.name:
            break
        images[old] = now.path[:depth]
    return images


def _blocks(path: Path) -> Path:
    """Return the path down to its innermost block."""
    depth = max((at for at, node in enumerate(path, 1) if node.is_block), default=0)
    return path[:depth]


def _kept(old: Sequence[Leaf], new: Sequence[Leaf], spans: Iterable[Span]) -> Iterator[tuple[Leaf, Leaf]]:
    for span in spans:
        if span.equal:
            yield from zip(old[span.old_start : span.old_end], new[span.new_start : span.new_end], strict=True)


def _stretches(
    old: Sequence[Leaf], new: Sequence[Leaf], spans: Sequence[Span]
) -> Iterator[tuple[list[Leaf], list[Leaf], list[tuple[Leaf, Leaf]]]]:
    """Yield what went, what came in its place, and what stayed after it, in turn."""
    gone: list[Leaf] = []
    come: list[Leaf] = []
    for at, span in enumerate(spans):
        was, now = old[span.old_start : span.old_end], new[span.new_start : span.new_end]
        if span.equal and not _is_glue(was, spans[max(at - 1, 0) : at + 2]):
            yield gone, come, list(zip(was, now, strict=True))
            gone, come = [], []
        else:
            gone += was
            come += now
    yield gone, come, []


def _is_glue(leaves: Sequence[Leaf], neighbourhood: Sequence[Span]) -> bool:
    text = "".join(leaf.key for leaf in leaves)
    return "\0" not in text and inline.is_glue(text, neighbourhood)


def _written(items: Iterable[_Item]) -> Iterator[str]:
    stack: Path = ()
    for path, html in items:
        shared = 0
        while shared < min(len(stack), len(path)) and stack[shared] is path[shared]:
            shared += 1
        yield from (f"</{node.name}>" for node in reversed(stack[shared:]))
        yield from (node.start for node in path[shared:])
        yield html
        stack = path
    yield from (f"</{node.name}>" for node in reversed(stack))
