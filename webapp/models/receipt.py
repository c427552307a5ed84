"""Which save made which revision, so that a save sent twice makes one."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Base


class Receipt(Base):
    """The answer that a `save_id` got; the browser makes a new one for every form."""

    __tablename__ = "receipt"

    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True, autoincrement=False)
    save_id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    post_id: Mapped[int] = mapped_column(sa.ForeignKey("post.id"))
    revision: Mapped[int] = mapped_column()
