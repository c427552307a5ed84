"""Where an imported post came from, so that a second run adds only what is new."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime


class ImportSource(Base):
    """The file in git behind a post: known again by its path and the commit that first held it."""

    __tablename__ = "import_source"
    __table_args__ = (sa.UniqueConstraint("first_commit", "path"),)

    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"), primary_key=True, autoincrement=False)
    path: Mapped[str] = mapped_column(sa.Text)
    first_commit: Mapped[str] = mapped_column(sa.String(64))
    last_commit: Mapped[str] = mapped_column(sa.String(64))
    """The newest commit that was looked at."""
    last_revision: Mapped[int] = mapped_column()
    """The revision that it is in; anything later was written here."""
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
