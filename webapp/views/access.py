"""Who may call a route: every view carries one of these marks, and one without it is never called."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from flask_login import LoginManager, current_user

from webapp.errors import Missing
from webapp.history import sign_in
from webapp.models import User
from webapp.operations import sign_in as signing_in
from webapp.pure.roles import Ability, Scope, scope

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., object])


class SignInNeeded(Exception):
    """Nobody is signed in, and this page is for somebody."""


def public(view: View) -> View:
    """Mark a view as open to all; what it shows is still decided per person."""
    return _mark(view, "public")


def signed_in(view: View) -> View:
    """Mark a view as open to everybody who is signed in."""
    return _mark(view, "signed in")


def needs(ability: Ability) -> Callable[[View], View]:
    """Mark a view as open to those whose role has `ability` for some post at least; to others it does not exist.

    Whether it reaches the post in question is asked where the post is found.
    """
    return lambda view: _mark(view, ability)


def me() -> User | None:
    """Return the person who is signed in; one query a request, none without the cookie."""
    if "me" not in g:
        found = current_user._get_current_object()
        g.me = found if isinstance(found, User) else None
    return g.me


def nobody() -> None:
    """Treat the rest of this request as signed out, without asking the database."""
    g.me = None


def require_me() -> User:
    """Return the person who is signed in. Raises SignInNeeded."""
    user = me()
    if user is None:
        raise SignInNeeded
    return user


def init_app(app: Flask) -> None:
    """Ask before every view. Flask-Login knows people by the token of a session that is a row."""
    manager = LoginManager()
    # Not its `current_user` in every template: the page that says that the database is gone would ask it.
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(sign_in.user_of)
    app.before_request(_ask)


def _mark(view: View, access: object) -> View:
    cast(Any, view).access = access
    return view


def _ask() -> None:
    if request.endpoint is None:
        return
    access = cast(Any, current_app.view_functions[request.endpoint]).access
    if access == "public":
        return
    user = require_me()
    if request.method not in SAFE:
        signing_in.touch(user)
    if isinstance(access, Ability) and scope(user.role, access) is Scope.NONE:
        raise Missing
