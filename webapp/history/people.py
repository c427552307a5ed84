"""People as pages show them."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Missing
from webapp.models import Event, User
from webapp.pure.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's name and face: `initials` are one or two letters, `hue` is an angle of 0 to 359 degrees."""

    public_id: str
    name: str
    initials: str
    hue: int


@dataclass(frozen=True, slots=True)
class UserCard(Person):
    """Somebody as administrators see them; `email` is empty for the authors of imported texts."""

    email: str
    role: Role
    active: bool
    last_seen_at: datetime | None
    """When they last signed in or changed something; None: never."""


def person(user: User) -> Person:
    """Return `user` as pages show them."""
    return person_named(user.public_id, user.name)


@lru_cache(maxsize=1024)
def person_named(public_id: str, name: str) -> Person:
    """Return somebody, with a colour that stays the same when the name changes."""
    hue = zlib.crc32(public_id.encode()) % 360
    return Person(public_id=public_id, name=name, initials=_initials(name), hue=hue)


def find(public_id: str) -> User:
    """Return the person whom addresses name `public_id`. Raises Missing."""
    user = User.with_public_id(public_id) if public_id.isprintable() else None
    if user is None:
        raise Missing
    return user


def cards() -> tuple[UserCard, ...]:
    """Return everybody, those who may sign in first, then by name."""
    seen = sa.select(Event.by_id, sa.func.max(Event.at).label("at")).group_by(Event.by_id).subquery()
    query = (
        sa.select(User, seen.c.at)
        .outerjoin(seen, seen.c.by_id == User.id)
        .order_by(User.active.desc(), sa.func.lower(User.name), User.id)
    )
    return tuple(_card(user, seen_at) for user, seen_at in db.session.execute(query))


def has_administrator() -> bool:
    """Return whether somebody can sign in and look after the others."""
    return db.session.scalar(sa.select(User.id).where(*administrators()).limit(1)) is not None


def administrators() -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions on `User` for those who can sign in and look after the others."""
    return (
        User.role == Role.ADMIN,
        User.active.is_(True),
        User.email.is_not(None),
        User.password_hash.is_not(None),
    )


def _card(user: User, seen_at: datetime | None) -> UserCard:
    face = person(user)
    return UserCard(
        public_id=face.public_id,
        name=face.name,
        initials=face.initials,
        hue=face.hue,
        email=user.email or "",
        role=Role(user.role),
        active=user.active,
        last_seen_at=seen_at,
    )


def _initials(name: str) -> str:
    letters = [letter for word in name.split() if (letter := next(filter(str.isalnum, word), None))]
    ends = letters if len(letters) < 2 else [letters[0], letters[-1]]
    return "".join(letter.upper()[0] for letter in ends) or "?"
