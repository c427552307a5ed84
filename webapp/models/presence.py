"""Who has a post open in the editor just now."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base, UtcDateTime


class Presence(Base):
    """One person at one post, in however many tabs; never a lock, and gone a minute after the last sign of them."""

    __tablename__ = "presence"

    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they last typed."""
