"""Sessions as rows: a copied cookie is dead as soon as its row is."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime


class SignIn(Base):
    """One signed-in browser. The cookie holds a random token, the row only its SHA-256."""

    __tablename__ = "sign_in"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    """Of the last request that may write: looking at pages writes nothing, this neither."""
    user_agent: Mapped[str] = mapped_column(sa.String(200), default="")
