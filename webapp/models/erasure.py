"""Which texts were taken out of the history for good, by whom, when and why."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime


class Erasure(Base):
    """The witness of a missing text; the database lets no revision be blanked without one."""

    __tablename__ = "erasure"

    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """None: the operator of the machine."""
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    retention: Mapped[bool] = mapped_column(default=False)
    """Whether the policy thinned it out, and nobody asked for this one."""
    reason: Mapped[str] = mapped_column(sa.Text)
