"""Adding people, changing what they may do, shutting them out."""

import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.errors import Invalid
from webapp.history.people import administrators
from webapp.models import Actor, Event, User
from webapp.operations import passwords as hashing
from webapp.operations import sign_in, turns
from webapp.pure import passwords
from webapp.pure import people as rules
from webapp.pure.roles import Ability, Role


def add(*, email: str, name: str, role: Role, password: str | None, by: Actor) -> User:
    """Return a new person; without a password they cannot sign in yet.

    Raises NotAllowed, or Invalid with the fields `email`, `name` and `password`.
    """
    email, name = rules.clean(email=email, name=name)
    kept = None if password is None else _hash(password, name=name, email=email)
    with transaction(by_id=by.id):
        turns.take(User)
        by.must(Ability.MANAGE_PEOPLE)
        return create(email=email, name=name, role=role, password_hash=kept, by=by)


def change(
    user: User,
    *,
    role: Role | None = None,
    active: bool | None = None,
    password: str | None = None,
    by: Actor,
) -> None:
    """Change of `user` what is not None, and end their sessions if that changed anything.

    Raises NotAllowed, or Invalid with the fields `role` or `active` when nobody could look after the others
    any more, or `password`; then nothing is changed.
    """
    kept = None if password is None else _hash(password, name=user.name, email=user.email or "")
    with transaction(by_id=by.id):
        turns.take(User)
        by.must(Ability.MANAGE_PEOPLE)
        done = []
        if role is not None and role != user.role:
            _must_leave_an_administrator(user, field="role")
            done.append(("change role", f"{user.public_id} {Role(user.role)} → {role}"))
            user.role = role
        if active is not None and active is not user.active:
            _must_leave_an_administrator(user, field="active")
            done.append(("activate" if active else "deactivate", user.public_id))
            user.active = active
        if kept is not None:
            done.append(("set password", user.public_id))
            user.password_hash = kept
        for verb, detail in done:
            Event.log(verb, by=by, detail=detail)
        if done:
            sign_in.end_all(user)


def create(*, email: str, name: str, role: Role, password_hash: str | None, by: Actor | None) -> User:
    """Return a new person; for transactions in which the rights were asked.

    Raises Invalid with the field `email` when it is taken.
    """
    if User.with_email(email) is not None:
        raise Invalid({"email": "Somebody with this email is here already."})
    user = User(email=email, name=name, role=role, password_hash=password_hash)
    db.session.add(user)
    db.session.flush()
    Event.log("add person", by=by, detail=f"{user.public_id} {role}")
    return user


def _hash(password: str, *, name: str, email: str) -> str:
    passwords.check(password, name=name, email=email)
    return hashing.hash_of(password)


def _must_leave_an_administrator(user: User, *, field: str) -> None:
    left = sa.select(User.id).where(*administrators())
    if db.session.scalar(left.where(User.id == user.id)) and not db.session.scalar(left.where(User.id != user.id)):
        raise Invalid({field: f"{user.name} is the only administrator. Make somebody else one first."})
