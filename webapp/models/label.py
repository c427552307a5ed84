"""Names that people gave to revisions: at most one at a time, and every one that there was is kept."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime, db


class Label(Base):
    """One name of a revision, until it was removed or another took its place.

    Never deleted; the database lets a row be ended once, and its name be blanked where an erasure bears witness.
    """

    __tablename__ = "label"
    __table_args__ = (
        # The one index: it also lists the labelled revisions of a post, in order.
        sa.Index(
            "uq_label_current",
            "post_id",
            "revision",
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"))
    revision: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(sa.Text)
    """Empty when the revision's text was erased."""
    named_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """None: the operator of the machine; so in `removed_by_id`."""
    named_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    @staticmethod
    def of(post_id: int, revision: int) -> "Label | None":
        """Return the label that a revision has now."""
        return db.session.scalar(sa.select(Label).where(Label.is_of(post_id, revision)))

    @staticmethod
    def is_of(post_id: Any, revision: Any) -> sa.ColumnElement[bool]:
        """Return the condition that a row is the label that this revision has now, for joins too."""
        return sa.and_(Label.post_id == post_id, Label.revision == revision, Label.removed_at.is_(None))
