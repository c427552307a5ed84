"""The audit log: one line for everything that changed something."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime, insert
from webapp.models.user import Actor


class Event(Base):
    """Who did what to what, and when. Append-only; holds no text of posts."""

    __tablename__ = "event"
    __table_args__ = (
        # The few lines that the activity tells. A save, of which it knows by its revision, does not touch it.
        sa.Index(
            "ix_event_told",
            "id",
            sqlite_where=sa.text("post_id IS NOT NULL AND verb <> 'save'"),
            postgresql_where=sa.text("post_id IS NOT NULL AND verb <> 'save'"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """None: the operator of the machine, or somebody who was not signed in."""
    verb: Mapped[str] = mapped_column(sa.String(30))
    post_id: Mapped[int | None] = mapped_column(sa.ForeignKey("post.id"))
    revision: Mapped[int | None] = mapped_column()
    detail: Mapped[str | None] = mapped_column(sa.Text)

    @staticmethod
    def log(
        verb: str,
        *,
        by: Actor | None,
        post_id: int | None = None,
        revision: int | None = None,
        detail: str | None = None,
    ) -> None:
        """Add a line to the transaction that is under way."""
        line = {"verb": verb, "by_id": None if by is None else by.id, "post_id": post_id, "revision": revision}
        insert(Event, {**line, "detail": detail})
