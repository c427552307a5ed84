"""The session of one browser: its cookie holds a token, and the row that the token finds says who it is."""

from flask import g, request, session
from flask_login import login_user, logout_user

from webapp.history import sign_in

_KEY = "_user_id"  # Flask-Login's name for what `User.get_id` returns


def begin(token: str) -> None:
    """Sign this browser in; nothing of the session before stays, the CSRF token neither."""
    forget()
    user = sign_in.user_of(token)
    if user is not None:  # shut out in this very moment
        login_user(user)


def forget() -> None:
    """Leave nothing in the cookie."""
    logout_user()
    session.clear()
    g.pop("me", None)


def token() -> str | None:
    """Return the token that this browser holds; whether its session still lives is asked elsewhere."""
    return session.get(_KEY)


def address() -> str:
    """Return the network address that the request comes from."""
    return request.remote_addr or ""


def name() -> str:
    """Return what the browser calls itself."""
    return request.user_agent.string
