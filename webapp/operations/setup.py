"""The first administrator: made once, through a link that only the operator of the machine is shown."""

from datetime import datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from webapp import clock
from webapp.database import transaction
from webapp.errors import Missing
from webapp.history import people as everybody
from webapp.models import OPERATOR, User
from webapp.operations import passwords as hashing
from webapp.operations import people, throttle, turns
from webapp.pure import passwords
from webapp.pure import people as rules
from webapp.pure.roles import Role

LINK_LIFE = timedelta(minutes=30)
DONE = "This desk has its administrator already."


def link(site: str, *, at: datetime | None = None) -> str | None:
    """Return the address that opens the set-up page of `site` for half an hour, None when that is done already.

    The half hour begins `at` (default: now). The token in it is signed with the secret key and kept nowhere, so
    every server of the desk knows it; it serves once, because the page is gone when there is an administrator.
    """
    if everybody.has_administrator():
        return None
    until = (at or clock.now()) + LINK_LIFE
    return f"{site}/setup?token={_serializer().dumps(int(until.timestamp()))}"


def must_open(token: str) -> None:
    """Raise Missing when the desk is set up already, or unless `token` opens the page. Writes nothing.

    Whoever has a link of ours is told why it opens no more; to all others there is no such page.
    """
    until = _until(token)
    if until is None:
        raise Missing
    if everybody.has_administrator():
        raise Missing(f"{DONE} Sign in, or ask them for an account.")
    if clock.now().timestamp() > until:
        raise Missing("This link has worked for half an hour. When the server starts again, it prints another.")


def with_token(token: str, *, email: str, name: str, password: str, address: str) -> User:
    """Return the first administrator, made by whoever has `token`.

    Raises Missing, Invalid with the fields `email`, `name` and `password`, or Throttled after too many wrong
    tokens from the network address `address`.
    """
    if _until(token) is None and not everybody.has_administrator():
        throttle.count("set-up", address=address)
    must_open(token)
    return first_administrator(email=email, name=name, password=password)


def first_administrator(*, email: str, name: str, password: str) -> User:
    """Return the first administrator, made by the operator. Raises Missing when there is one, or Invalid."""
    email, name = rules.clean(email=email, name=name)
    passwords.check(password, name=name, email=email)
    kept = hashing.hash_of(password)
    with transaction():
        turns.take(User)
        if everybody.has_administrator():
            raise Missing(DONE)
        return people.create(email=email, name=name, role=Role.ADMIN, password_hash=kept, by=OPERATOR)


def _until(token: str) -> int | None:
    """Return when a token ends or ended, in seconds since the epoch; None for one that is not ours."""
    try:
        return int(_serializer().loads(token))
    except BadSignature:
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="set-up")
