"""What became of a save that was sent before: the same one sent again gets its answer and makes nothing."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from webapp.database import fetch, insert, version_class
from webapp.models import Actor, Receipt, Side, StoredText
from webapp.models.post import Post
from webapp.pure import content, delta
from webapp.pure.content import Content


@dataclass(frozen=True, slots=True)
class Answered:
    """The revision that a save is in, and what it may have sent: what stands there, or what was merged into it."""

    post_id: int
    revision: int
    note: str
    _sent: frozenset[tuple[str, str, bytes]]

    def is_of(self, new: Content) -> bool:
        """Return whether this is the answer to `new`, whatever its note; stray space is none of the words."""
        words = (content.one_line(new.title), content.join_tags(new.tags), delta.fingerprint(new.body_bytes))
        return words in self._sent

    def holds(self, typed: Content) -> bool:
        """Return whether all that was typed is in the revision, its note too."""
        return self.is_of(typed) and content.one_line(typed.note) == self.note


_VERSION = version_class(Post)
_SIDE_TEXT = aliased(StoredText)
_RECEIPT = (
    sa.select(Receipt.post_id, Receipt.revision, _VERSION.title, _VERSION.tags, _VERSION.note, StoredText.sha256)
    .add_columns(Side.title.label("side_title"), Side.tags.label("side_tags"), _SIDE_TEXT.sha256.label("side_sha256"))
    .join(_VERSION, sa.and_(_VERSION.id == Receipt.post_id, _VERSION.revision == Receipt.revision))
    .join(StoredText, StoredText.id == _VERSION.text_id)
    .outerjoin(Side, sa.and_(Side.post_id == Receipt.post_id, Side.revision == Receipt.revision))
    .outerjoin(_SIDE_TEXT, _SIDE_TEXT.id == Side.text_id)
    .where(Receipt.by_id == sa.bindparam("by_id"), Receipt.save_id == sa.bindparam("save_id"))
)
_FORGET = sa.delete(Receipt).where(Receipt.by_id == sa.bindparam("of_id"), Receipt.save_id == sa.bindparam("of_save"))


def of(save_id: str, *, by: Actor) -> Answered | None:
    """Return the answer that the save got, None if there was none or its text is not kept any more."""
    row = fetch(_RECEIPT, {"by_id": by.id, "save_id": save_id}).one_or_none()
    if row is None:
        return None
    sent = {(row.title, row.tags, row.sha256), (row.side_title, row.side_tags, row.side_sha256)}
    return Answered(row.post_id, row.revision, row.note, frozenset(sent))


def keep(save_id: str, *, by: Actor, post_id: int, revision: int) -> None:
    """Remember the answer; for the transaction of the save."""
    insert(Receipt, {"save_id": save_id, "by_id": by.id, "post_id": post_id, "revision": revision})


def forget(save_id: str, *, by: Actor) -> None:
    """Let the name be that of another save."""
    fetch(_FORGET, {"of_id": by.id, "of_save": save_id})
