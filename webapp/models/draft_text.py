"""Texts of drafts, packed against each other; the first leans on the revision that the draft grew from."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base, fetch, insert
from webapp.models.stored_text import StoredText
from webapp.pure import delta


class DraftText(Base):
    """One text of a draft. `packed` leans on the text `base_seq` of the same draft, else on the post's `root_id`."""

    __tablename__ = "draft_text"
    __table_args__ = (sa.UniqueConstraint("draft_id", "sha256"),)

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    base_seq: Mapped[int | None] = mapped_column()
    root_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_text.id"), index=True)
    size: Mapped[int] = mapped_column()
    """Bytes of UTF-8, unpacked."""
    sha256: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    packed: Mapped[bytes] = mapped_column(sa.LargeBinary)

    @staticmethod
    def keep(draft_id: int, text: bytes, *, root_id: int | None) -> int:
        """Store `text` for the draft unless an equal one is kept already, and return its seq."""
        sha256 = delta.fingerprint(text)
        known = fetch(_KEPT, {"draft_id": draft_id, "sha256": sha256}).one()
        if known.kept is not None:
            return known.kept
        seq = 0 if known.last is None else known.last + 1
        base_seq = delta.base_of(seq)
        if base_seq is not None:
            base: bytes | None = DraftText.unpack(draft_id, base_seq)
            root_id = None
        else:
            base = None if root_id is None else StoredText.read(root_id).encode()
        row = {"draft_id": draft_id, "seq": seq, "base_seq": base_seq, "root_id": root_id, "size": len(text)}
        insert(DraftText, {**row, "sha256": sha256, "packed": delta.pack(text, base)})
        return seq

    @staticmethod
    def unpack(draft_id: int, seq: int) -> bytes:
        """Return the bytes of a text, checked against its hash. Raises delta.Damaged."""
        steps = {row.seq: row for row in fetch(_STEPS, {"draft_id": draft_id, "seqs": delta.path(seq)})}
        way: list[sa.Row] = []
        at: int | None = seq
        while at is not None:
            if at not in steps:
                raise delta.Damaged(f"Text {at} of draft {draft_id} is missing, and text {seq} leans on it.")
            way.append(steps.pop(at))
            at = way[-1].base_seq
        root_id = way[-1].root_id
        text = None if root_id is None else StoredText.read(root_id).encode()
        for step in reversed(way):
            text = delta.unpack(step.packed, text, size=step.size)
        if text is None or delta.fingerprint(text) != way[0].sha256:
            raise delta.Damaged(f"Text {seq} of draft {draft_id} is not what was stored.")
        return text


_OF_DRAFT = DraftText.draft_id == sa.bindparam("draft_id")
_STEPS = sa.select(
    DraftText.seq, DraftText.base_seq, DraftText.root_id, DraftText.size, DraftText.sha256, DraftText.packed
).where(_OF_DRAFT, DraftText.seq.in_(sa.bindparam("seqs", expanding=True)))
_KEPT = sa.select(
    sa.select(DraftText.seq)
    .where(_OF_DRAFT, DraftText.sha256 == sa.bindparam("sha256"))
    .scalar_subquery()
    .label("kept"),
    sa.select(sa.func.max(DraftText.seq)).where(_OF_DRAFT).scalar_subquery().label("last"),
)
