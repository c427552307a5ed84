"""Attempts to sign in, counted in the database so that several server processes count together."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime


class LoginAttempt(Base):
    """One failed attempt. The account is kept as a SHA-256: people type passwords into the wrong field."""

    __tablename__ = "login_attempt"
    __table_args__ = (sa.Index("ix_login_attempt_account_at", "account_sha256", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_sha256: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    address: Mapped[str] = mapped_column(sa.String(45), index=True)
    """The network address it came from."""
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
