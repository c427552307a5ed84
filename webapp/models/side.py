"""What somebody sent to be saved, and what it became when it was merged: the side stays beside the revision."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime


class Side(Base):
    """One person's own text of a merged revision. Append-only, and erased with it."""

    __tablename__ = "side"

    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"), primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen: Mapped[int] = mapped_column()
    """The revision that the text grew from."""
    title: Mapped[str] = mapped_column(sa.Text)
    tags: Mapped[str] = mapped_column(sa.Text)
    text_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_text.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
