"""Two texts of a post, one against the other: revisions, or a revision and what is not saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from webapp.errors import TooLarge
from webapp.history.preview import Revision, writing
from webapp.pure import alignment, content, diff, folding, inline, rendered, summary
from webapp.pure.content import Writing
from webapp.pure.diff import Comparison
from webapp.pure.folding import Fold, Layout, Run
from webapp.pure.inline import Piece
from webapp.pure.rendered import Rendering, Same
from webapp.pure.summary import Sentence

Side = Revision | Writing
Way = Literal["inline", "split", "rendered"]


@dataclass(frozen=True, slots=True)
class Pair:
    """What changed from `old` to `new`. `title` and `tags` are None where they are the same."""

    old: Side
    new: Side
    title: tuple[Piece, ...] | None
    tags: tuple[Piece, ...] | None
    text: Layout | Rendering
    sentences: tuple[Sentence, ...] = ()
    """The changes in plain words."""
    refused: str = ""
    """Why the text is not compared in this way; the title and the tags are."""

    @property
    def new_number(self) -> int | None:
        """The number of the new side, None if it is not saved."""
        return self.new.number if isinstance(self.new, Revision) else None

    @property
    def changes(self) -> int:
        """How many changes are shown; a changed title is one, changed tags are another."""
        return self.facts + self.text.shown

    @property
    def facts(self) -> int:
        """How many of the changes are not of the text: they come first."""
        return (self.title is not None) + (self.tags is not None)

    def change_of(self, sentence: Sentence) -> int | None:
        """Return which of the changes shown, counted from 1, a sentence is about; None where there is none such."""
        at = sentence.hunk
        if at is not None and isinstance(self.text, Rendering):
            at = self.text.passages.get(at)
        return None if at is None or at >= self.text.shown else self.facts + at + 1


def typed(*, title: str, tags: str, body: str) -> Writing:
    """Return what was typed as it would be saved: a comparison shows no difference that a save would not make."""
    return Writing(title=content.one_line(title), tags=content.split_tags(tags), body=content.line_ends(body))


def between(old: Side, new: Side, *, way: Way = "inline", opened: range | None = None) -> Pair:
    """Return what changed from `old` to `new`: in one column or split in two, or as their readers see it.

    What `opened` numbers, lines of the old text or units of the rendered one, is unfolded. Raises TooLarge.
    """
    title = None if old.title == new.title else _title(old.title, new.title)
    tags = None if old.tags == new.tags else tuple(_tags(old.tags, new.tags))
    if way == "rendered":
        first = 1 + sum(fact is not None for fact in (title, tags))
        try:
            text_read = rendered.compare(old.body, new.body, first=first, opened=opened)
            told = summary.sentences(_writing(old), _writing(new), text_read.by_line)
            return Pair(old, new, title, tags, text_read, told)
        except rendered.TooLong as error:
            return Pair(old, new, title, tags, Rendering((), (), 0, Comparison(()), {}), refused=str(error))
    try:
        comparison = diff.compare(old.body, new.body)
    except diff.TooLarge as error:
        raise TooLarge({"body": str(error)}) from error
    text = folding.lay_out(comparison, columns=2 if way == "split" else 1, opened=opened)
    return Pair(old, new, title, tags, text, summary.sentences(_writing(old), _writing(new), comparison))


def unfolded(old: Revision, *, way: Way, opened: range) -> Sequence[Run | Same | Fold]:
    """Return what a fold opens to: lines of the old text, or units of it as it is read. Raises TooLarge."""
    first, last = opened.start, opened.stop - 1
    try:
        if way == "rendered":
            return rendered.opened_units(old.body, first=first, last=last)
        return folding.opened_run(old.body, first=first, last=last)
    except (rendered.TooLong, diff.TooLarge) as error:
        raise TooLarge({"body": str(error)}) from error


def _writing(side: Side) -> Writing:
    return side if isinstance(side, Writing) else writing(side)


def _title(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of the title, whole if the two have nothing in common."""
    return tuple(piece for row in inline.rows([old], [new]) for piece in row.pieces)


def _tags(old: Sequence[str], new: Sequence[str]) -> Sequence[Piece]:
    """Return the tags, one a piece."""
    pieces: list[Piece] = []
    for span in alignment.align(old, new):
        if span.equal:
            pieces += [Piece("equal", tag) for tag in old[span.old_start : span.old_end]]
        else:
            pieces += [Piece("delete", tag) for tag in old[span.old_start : span.old_end]]
            pieces += [Piece("insert", tag) for tag in new[span.new_start : span.new_end]]
    return pieces
