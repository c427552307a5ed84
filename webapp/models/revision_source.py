"""From which revisions the parts of another one were taken."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base


class RevisionSource(Base):
    """One of several sources of a revision; where there is only one, its `source_revision` says it. Append-only."""

    __tablename__ = "revision_source"

    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"), primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
