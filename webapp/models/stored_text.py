"""Texts of posts, each packed against an earlier one (`pure/delta.py`), equal ones kept once."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base, db, fetch, insert
from webapp.pure import delta
from webapp.pure.recent import Recent

recent = Recent(max_bytes=2 * 1024 * 1024)
"""Texts by hash: those that many others lean on, for whoever steps through a history, and those asked for lately, for
whoever looks at one as text, as rendered and as changes, and then restores it."""
_SHARED_BY = 16
"""Every sixteenth text is a base of at least fifteen others."""


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
    def unpack(post_id: int, seq: int, *, sha256: bytes | None = None) -> bytes:
        """Return the bytes of the post's text `seq`; one query, or none if it is remembered by the hash in its row.

        Raises delta.Damaged.
        """
        if sha256 is not None and (text := recent.get(sha256)) is not None:
            return text
        return _unpacked(_steps(post_id, delta.path(seq)), post_id, seq)

    @staticmethod
    def with_hash(post_id: int, sha256: bytes) -> bytes | None:
        """Return the post's text with this hash, None when it has none such. Raises delta.Damaged."""
        seq = fetch(_WITH_HASH, {"post_id": post_id, "sha256": sha256}).scalar()
        return None if seq is None else StoredText.unpack(post_id, seq, sha256=sha256)

    @staticmethod
    def forget() -> None:
        """Let go of the texts that this process remembers; for when some are erased."""
        recent.clear()

    @staticmethod
    def keep(post_id: int, text: bytes, *, latest: bytes | None = None) -> int:
        """Store `text` for the post unless an equal one is kept already, and return its id.

        `latest` is the post's text before: nearly always the one to lean on, which then need not be unpacked.
        """
        fingerprint = delta.fingerprint(text)
        last = fetch(_KEPT, {"post_id": post_id, "sha256": fingerprint}).one_or_none()
        if last is not None and last.kept is not None:
            return last.kept
        seq = 0 if last is None else last.seq + 1
        base = last
        if last is not None and last.seq != delta.base_of(seq):
            # The base may have been erased: then the next one on the way back, and in the end none.
            base = fetch(_BASE, {"post_id": post_id, "seqs": delta.path(seq)[1:]}).first()
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
_TWIN = StoredText.__table__.alias()  # not `aliased()`: it configures the mappers before all models are there
_STEPS = sa.select(StoredText.seq, StoredText.base_seq, StoredText.size, StoredText.sha256, StoredText.packed).where(
    _OF_POST, StoredText.seq.in_(sa.bindparam("seqs", expanding=True))
)
_WITH_HASH = sa.select(StoredText.seq).where(_OF_POST, StoredText.sha256 == sa.bindparam("sha256"))
_KEPT = (
    sa.select(StoredText.seq, StoredText.sha256)
    .add_columns(
        sa.select(_TWIN.c.id)
        .where(_TWIN.c.post_id == sa.bindparam("post_id"), _TWIN.c.sha256 == sa.bindparam("sha256"))
        .scalar_subquery()
        .label("kept")
    )
    .where(_OF_POST)
    .order_by(StoredText.seq.desc())
    .limit(1)
)
"""The post's last text, and the id of the one that is equal to a new one."""
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
    text = None
    at: int | None = seq
    while at is not None and text is None:
        if at not in rest:
            raise delta.Damaged(f"Text {at} of post {post_id} is missing, and text {seq} leans on it.")
        step = rest.pop(at)
        text = recent.get(step.sha256)
        if text is None:
            way.append(step)
            at = step.base_seq
    for step in reversed(way):
        text = delta.unpack(step.packed, text, size=step.size)
        if step.seq % _SHARED_BY == 0 or step.seq == seq:
            if delta.fingerprint(text) != step.sha256:
                raise delta.Damaged(f"Text {step.seq} of post {post_id} is not what was stored.")
            recent.put(step.sha256, text)
    return text or b""
