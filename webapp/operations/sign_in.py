"""Signing in and out: every session is a row, and ends with it."""

import secrets
from datetime import timedelta

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction
from webapp.errors import Invalid, Missing
from webapp.history.sign_in import alive, token_sha256
from webapp.models import Event, SignIn, User
from webapp.operations import passwords, throttle
from webapp.pure import people

REFUSED = "This email and password do not belong together."
"""Said alike of an address that nobody has, a wrong password and a person who was shut out."""
_SEEN_EVERY = timedelta(minutes=5)
_USER_AGENT_CHARACTERS = 200


def with_password(email: str, password: str, *, address: str, user_agent: str) -> str:
    """Return the token of a new session of the person with that email and password.

    `address` is the network address they come from. Raises Throttled, or Invalid with the field `password`,
    which takes the same time and says the same whatever is wrong.
    """
    throttle.count(email, address=address)
    user = User.with_email(email) if people.is_email(email.strip()) else None
    kept = user.password_hash if user is not None and user.active else None
    right = passwords.matches(kept, password)
    renewed = passwords.hash_of(password) if right and kept and passwords.is_outdated(kept) else kept
    with transaction():
        # The row is read anew: meanwhile the person may have been shut out or got another password.
        if right and user is not None and user.active and user.password_hash == kept:
            user.password_hash = renewed
            throttle.forgive(email, address=address)
            return start(user, user_agent=user_agent)
        Event.log("sign-in refused", by=None, detail=user.public_id if user else None)
    raise Invalid({"password": REFUSED})


@transaction()
def start(user: User, *, user_agent: str) -> str:
    """Return the token of a new session of `user`, of which the database keeps only the SHA-256.

    Whoever calls this has made sure who they are. Sessions that ran out are cleared away.
    """
    db.session.execute(sa.delete(SignIn).where(sa.not_(sa.and_(*alive()))))
    token = secrets.token_urlsafe(32)
    browser = "".join(filter(str.isprintable, user_agent))[:_USER_AGENT_CHARACTERS]
    db.session.add(SignIn(token_sha256=token_sha256(token), user_id=user.id, user_agent=browser))
    Event.log("sign-in", by=user)
    return token


def touch(user: User) -> None:
    """Note that the session in which `user` was found is in use, every five minutes; for requests that may write."""
    now = clock.now()
    if user.token is None or user.seen_at is None or now - user.seen_at < _SEEN_EVERY:
        return
    of_token = SignIn.token_sha256 == token_sha256(user.token)
    with transaction() as session:
        session.execute(sa.update(SignIn).where(of_token).values(last_seen_at=now))


@transaction()
def end(token: str) -> None:
    """End the session of `token`; one that has ended already is left alone."""
    row = db.session.scalar(sa.select(SignIn).where(SignIn.token_sha256 == token_sha256(token)))
    if row is not None:
        _end(row)


@transaction()
def end_one(session_id: int, *, by: User) -> None:
    """End one of the sessions of `by`. Raises Missing for an unknown one or somebody else's."""
    row = db.session.get(SignIn, session_id)
    if row is None or row.user_id != by.id:
        raise Missing
    _end(row)


@transaction()
def end_all(user: User, *, except_token: str | None = None) -> None:
    """End the sessions of `user`, but for the one of `except_token`."""
    theirs = sa.delete(SignIn).where(SignIn.user_id == user.id)
    if except_token is not None:
        theirs = theirs.where(SignIn.token_sha256 != token_sha256(except_token))
    db.session.execute(theirs)


@transaction()
def end_everybodys() -> None:
    """End all sessions that there are."""
    db.session.execute(sa.delete(SignIn))


def _end(row: SignIn) -> None:
    Event.log("sign-out", by=db.session.get_one(User, row.user_id))
    db.session.delete(row)
