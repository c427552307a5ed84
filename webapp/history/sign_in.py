"""Who is signed in, and where."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, fetch
from webapp.models import SignIn, User
from webapp.pure import devices

LIFE = timedelta(days=14)
"""After this, everybody signs in again."""
IDLE = timedelta(days=3)
"""After this without a request that may write."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody is signed in; `current` marks the one that asks."""

    id: int
    device: str
    created_at: datetime
    seen_at: datetime
    current: bool


_OF_USER = [column.key for column in sa.inspect(User).column_attrs]
_USER_OF = (
    sa.select(*(getattr(User, name) for name in _OF_USER), SignIn.last_seen_at)
    .join(SignIn, SignIn.user_id == User.id)
    .where(
        SignIn.token_sha256 == sa.bindparam("token_sha256"),
        SignIn.created_at > sa.bindparam("born_after"),
        SignIn.last_seen_at > sa.bindparam("seen_after"),
        User.active.is_(True),
    )
)
"""Built once: it is asked at every request."""


def user_of(token: str) -> User | None:
    """Return the person whose browser holds `token`, unless the session ended or the person was shut out.

    One query: it is asked at every request.
    """
    now = clock.now()
    found = fetch(
        _USER_OF, {"token_sha256": token_sha256(token), "born_after": now - LIFE, "seen_after": now - IDLE}
    ).one_or_none()
    if found is None:
        return None
    columns, seen_at = found[:-1], found[-1]
    user = User.loaded(dict(zip(_OF_USER, columns, strict=True)))
    user.token, user.seen_at = token, seen_at  # type: ignore[misc]  # on the object, not on the class
    return user


def sessions(user: User, *, token: str | None) -> tuple[Session, ...]:
    """Return where `user` is signed in, last used first; `token` is that of the browser that asks."""
    mine = None if token is None else token_sha256(token)
    rows = db.session.scalars(
        sa.select(SignIn)
        .where(SignIn.user_id == user.id, *alive())
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return tuple(
        Session(
            id=row.id,
            device=devices.name(row.user_agent),
            created_at=row.created_at,
            seen_at=row.last_seen_at,
            current=row.token_sha256 == mine,
        )
        for row in rows
    )


def alive() -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on `SignIn` for sessions that have not run out."""
    now = clock.now()
    return SignIn.created_at > now - LIFE, SignIn.last_seen_at > now - IDLE


def token_sha256(token: str) -> bytes:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()
