"""Two texts of a post, one against the other: revisions, or a revision and what is not saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.errors import TooLarge
from webapp.history.preview import Revision
from webapp.pure import alignment, content, diff, folding, inline
from webapp.pure.content import Writing
from webapp.pure.folding import Layout
from webapp.pure.inline import Piece

Side = Revision | Writing


@dataclass(frozen=True, slots=True)
class Pair:
    """What changed from `old` to `new`. `title` and `tags` are None where they are the same."""

    old: Revision
    new: Side
    title: tuple[Piece, ...] | None
    tags: tuple[Piece, ...] | None
    text: Layout

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


def typed(*, title: str, tags: str, body: str) -> Writing:
    """Return what was typed as it would be saved: a comparison shows no difference that a save would not make."""
    return Writing(title=content.one_line(title), tags=content.split_tags(tags), body=content.line_ends(body))


def between(old: Revision, new: Side, *, columns: int = 1, opened: range | None = None) -> Pair:
    """Return what changed from `old` to `new`, laid out in so many columns with the lines `opened` unfolded.

    Raises TooLarge for more than is compared.
    """
    try:
        comparison = diff.compare(old.body, new.body)
    except diff.TooLarge as error:
        raise TooLarge({"body": str(error)}) from error
    return Pair(
        old=old,
        new=new,
        title=None if old.title == new.title else _title(old.title, new.title),
        tags=None if old.tags == new.tags else tuple(_tags(old.tags, new.tags)),
        text=folding.lay_out(comparison, columns=columns, opened=opened),
    )


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
