"""Texts of posts, each packed against an earlier one (`pure/delta.py`), equal ones kept once."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base, db, fetch, insert
from webapp.pure import delta


class StoredText(Base):
    """One text. `base_seq` names the text of the same post that `packed` leans on."""

    __tablename__ = "stored_text"
    __table_args__ = (
        sa.UniqueConstraint("post_id", "seq"),
        sa.UniqueConstraint("post_id", "sha256"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column()
    """No foreign key: a new post's text is stored before its row, and post rows are never deleted."""
    seq: Mapped[int] = mapped_column()
    """0 for the post's first text; a power of 16 divides the way back (`delta.base_of`)."""
    base_seq: Mapped[int | None] = mapped_column()
    """Always on `delta.path(seq)`: the next text there that was kept when this one was packed."""
    size: Mapped[int] = mapped_column()
    """Bytes of UTF-8, unpacked."""
    sha256: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    packed: Mapped[bytes] = mapped_column(sa.LargeBinary)

    @staticmethod
    def read(text_id: int) -> str:
        """Return a text, checked against its hash. Raises delta.Damaged when it is not what was stored."""
        place = db.session.execute(sa.select(StoredText.post_id, StoredText.seq).where(StoredText.id == text_id)).one()
        return StoredText.unpack(place.post_id, place.seq).decode()

    @staticmethod
    def unpack(post_id: int, seq: int) -> bytes:
        """Return the bytes of the post's text `seq`; one query. Raises delta.Damaged."""
        return _unpacked(_steps(post_id, delta.path(seq)), post_id, seq)

    @staticmethod
    def keep(post_id: int, text: bytes, *, latest: bytes | None = None) -> int:
        """Store `text` for the post unless an equal one is kept already, and return its id.

        `latest` is the post's text before: nearly always the one to lean on, which then need not be unpacked.
        """
        fingerprint = delta.fingerprint(text)
        known = fetch(_KEPT, {"post_id": post_id, "sha256": fingerprint}).one()
        if known.kept is not None:
            return known.kept
        seq = 0 if known.last is None else known.last + 1
        # The base may have been erased: then the next one on the way back, and in the end none.
        base = fetch(_BASE, {"post_id": post_id, "seqs": delta.path(seq)[1:]}).first() if seq else None
        row = {
            "post_id": post_id,
            "seq": seq,
            "base_seq": None if base is None else base.seq,
            "size": len(text),
            "sha256": fingerprint,
            "packed": delta.pack(text, None if base is None else _base_text(post_id, base, latest)),
        }
        return insert(StoredText, row)


_OF_POST = StoredText.post_id == sa.bindparam("post_id")
_STEPS = sa.select(StoredText.seq, StoredText.base_seq, StoredText.size, StoredText.sha256, StoredText.packed).where(
    _OF_POST, StoredText.seq.in_(sa.bindparam("seqs", expanding=True))
)
_KEPT = sa.select(
    sa.select(StoredText.id)
    .where(_OF_POST, StoredText.sha256 == sa.bindparam("sha256"))
    .scalar_subquery()
    .label("kept"),
    sa.select(sa.func.max(StoredText.seq)).where(_OF_POST).scalar_subquery().label("last"),
)


_BASE = (
    sa.select(StoredText.seq, StoredText.sha256)
    .where(_OF_POST, StoredText.seq.in_(sa.bindparam("seqs", expanding=True)))
    .order_by(StoredText.seq.desc())
    .limit(1)
)


def _base_text(post_id: int, base: sa.Row, latest: bytes | None) -> bytes:
    if latest is not None and delta.fingerprint(latest) == base.sha256:
        return latest
    return StoredText.unpack(post_id, base.seq)


def _steps(post_id: int, seqs: Iterable[int]) -> dict[int, sa.Row]:
    """Return those of the named texts that are kept, by seq."""
    return {row.seq: row for row in fetch(_STEPS, {"post_id": post_id, "seqs": list(seqs)})}


def _unpacked(steps: Mapping[int, sa.Row], post_id: int, seq: int) -> bytes:
    """Return text `seq`, of whose path `steps` holds what is kept."""
    rest = dict(steps)  # each is taken once: a tampered row may lean on itself
    way: list[sa.Row] = []
    at: int | None = seq
    while at is not None:
        if at not in rest:
            raise delta.Damaged(f"Text {at} of post {post_id} is missing, and text {seq} leans on it.")
        way.append(rest.pop(at))
        at = way[-1].base_seq
    text = None
    for step in reversed(way):
        text = delta.unpack(step.packed, text, size=step.size)
    if text is None or delta.fingerprint(text) != steps[seq].sha256:
        raise delta.Damaged(f"Text {seq} of post {post_id} is not what was stored.")
    return text
