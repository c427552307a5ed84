"""Which revision readers see: the witnesses, and a plain copy of it to read and search."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime


class Publication(Base):
    """One act of publishing or, with no revision, of taking back. Append-only; the newest one counts."""

    __tablename__ = "publication"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"), index=True)
    revision: Mapped[int | None] = mapped_column()
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class Published(Base):
    """What readers get of a post now: a copy, so that their searches never touch an unpublished word."""

    __tablename__ = "published"

    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"), primary_key=True)
    revision: Mapped[int] = mapped_column()
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When this revision was published."""
    title: Mapped[str] = mapped_column(sa.Text)
    tags: Mapped[str] = mapped_column(sa.Text)
    body: Mapped[str] = mapped_column(sa.Text, deferred=True)
    summary: Mapped[str | None] = mapped_column(sa.Text)
    """What changed since what readers saw before, in words; None when that was nothing, or quotes what was erased."""
