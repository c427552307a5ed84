"""What went wrong, as an answer: status, words and place for each kind of error."""

import secrets
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask, Response, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException, RequestEntityTooLarge, SecurityError

from webapp import engines
from webapp.errors import (
    Busy,
    Conflict,
    Gone,
    Invalid,
    Missing,
    NoRevision,
    NotAllowed,
    NotTaken,
    StetError,
    Throttled,
    TooLarge,
)
from webapp.views import pages, resending
from webapp.views.access import SignInNeeded, me, nobody

STATUS: dict[type[StetError], int] = {
    # What one may not see and what does not exist are answered alike.
    Missing: 404,
    NotAllowed: 404,
    Gone: 410,
    Conflict: 409,
    NotTaken: 409,
    TooLarge: 413,
    Invalid: 422,
    Throttled: 429,
    Busy: 503,
}
TITLES = {
    400: "That request was not understood",
    401: "Please sign in",
    404: "Not found",
    405: "That cannot be done here",
    409: "Somebody saved first",
    410: "No longer kept",
    413: "Too much text",
    422: "That cannot be saved as it is",
    429: "A moment, please",
    500: "Something broke",
    503: "The database does not answer",
    507: "The disk is full",
}
PASSING = frozenset({429, 500, 503, 507})
"""Statuses after which the same may well succeed a little later."""
NO_SUCH_METHOD = "This address only does something when a form is sent to it; there is nothing to look at."
AGAIN_SECONDS = 5
"""After which a database that did not answer is worth another question."""
STALE = "This form was made for another session, so nothing is done"
STALE_TITLE = "From another session"
NOT_FOUND = "There is nothing here, or nothing that you may see."

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Answer every error in the same hand."""
    app.register_error_handler(StetError, _refused)
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(sa.exc.OperationalError, _database)
    app.register_error_handler(sa.exc.InterfaceError, _database)
    app.register_error_handler(Exception, _broken)


def status_of(error: StetError) -> int:
    """Return the HTTP status of a domain error."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def refusal(error: StetError, *, title: str) -> Response:
    """Answer htmx with an alert about `error` that leaves the page and its text alone."""
    return _page(status_of(error), str(error), title=title)


def _refused(error: StetError) -> Response:
    status = status_of(error)
    response = _page(status, NOT_FOUND if status == 404 and not _spoken(error) else str(error), links=_instead(error))
    if isinstance(error, Throttled):
        response.headers["Retry-After"] = str(error.wait_seconds)
    return response


def _instead(error: StetError) -> Sequence[tuple[str, str]]:
    """Return links to what is there instead, in the same kind of page: the latest, or the nearest that are kept."""
    endpoint = "posts.read" if request.endpoint == "posts.read" else "editor.update"
    if isinstance(error, NoRevision):
        return [("To the latest revision", url_for(endpoint, post_id=error.post_id))]
    if isinstance(error, Gone):
        return [
            (f"Revision {number}", url_for(endpoint, post_id=error.post_id, revision=number)) for number in error.kept
        ]
    return []


def _spoken(error: StetError) -> bool:
    """Return whether a 404 may say more than that there is nothing; a refused right may not."""
    return isinstance(error, Missing) and str(error) != str(Missing())


def _sign_in(_error: SignInNeeded) -> Response:
    there = request.full_path.rstrip("?") if request.method == "GET" else "/"
    if pages.wants_fragment():
        if request.headers.get("X-Form-Dirty") == "1":
            return _page(401, "Your session has ended. Your text is still here: sign in, then save again.")
        response = _page(401, "Your session has ended.")
        response.headers["HX-Redirect"] = url_for("login.login", next=resending.came_from() or there)
        return response
    if request.method in ("GET", "HEAD"):
        return pages.go("login.login", next=there)
    if not request.form.get("body"):
        return _page(401, "Your session has ended, so nothing was done. Sign in, then do it again.")
    said = "Your session has ended. What you typed is below: sign in in another tab, then send it again."
    return _page(401, said, again=resending.is_ours())


def _stale_form(_error: CSRFError) -> Response:
    user = me()
    if user is None or not resending.is_ours():
        return _page(400, f"{STALE}.", title=STALE_TITLE)
    if not request.form.get("body"):
        return _page(400, f"{STALE}. Go back and do it again if it is yours, {user.name}.", title=STALE_TITLE)
    return _page(400, f"{STALE} yet. Send it again if it is yours, {user.name}.", title=STALE_TITLE, again=True)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400 and error.response is not None:
        return error.response  # type: ignore[return-value]
    if isinstance(error, SecurityError | BadHost):
        # The request names a host that is not ours: no page of ours can be written, because none has an address.
        return Response(f"{error.description}\n", 400, mimetype="text/plain")
    if isinstance(error, RequestEntityTooLarge):
        return _page(
            413, "That is more than one form may carry, so it was not read. Your browser still has the text: go back."
        )
    said = {404: NOT_FOUND, 405: NO_SUCH_METHOD}.get(status, error.description or "")
    response = _page(status, said)
    if status == 405 and error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _busy(error: Busy) -> Response:
    return _unavailable(503, str(error))


def _database(error: sa.exc.DBAPIError) -> Response:
    log.error("database", error=str(error.orig))
    if engines.is_full(error):
        return _unavailable(507, "The disk of the server is full, so nothing was saved. Try again when there is room.")
    return _unavailable(503, "Nothing was lost. Try again in a moment.")


def _unavailable(status: int, message: str) -> Response:
    response = _page(status, message, bare=True)
    response.headers["Retry-After"] = str(AGAIN_SECONDS)
    return response


def _broken(error: Exception) -> Response:
    number = secrets.token_hex(4)
    log.error("unexpected", number=number, path=request.path, exc_info=error)
    return _page(500, f"This is a fault of ours. The log calls it {number}.", bare=True)


def _further(status: int) -> Sequence[tuple[str, str]]:
    """Return where one goes from any error: to the same page once more, and to the desk. An alert leaves one there."""
    if pages.wants_fragment() and status != 404:
        return []
    once_more = status in PASSING and request.method == "GET"
    again = [("Try again", "")] if once_more else []
    # What was sent is refused: the page that it came from shows, asked for anew, how things stand now.
    there = resending.came_from() if request.method == "POST" else None
    back = [("Back to where you were", there)] if there else []
    return [*again, *back, ("Back to the desk", url_for("posts.index"))]


def _page(
    status: int,
    message: str,
    *,
    title: str = "",
    links: Sequence[tuple[str, str]] = (),
    bare: bool = False,
    again: bool = False,
) -> Response:
    """Return an error page; to htmx an alert that leaves the page and its text alone.

    `links` are words and addresses that lead on. A `bare` page asks the database for nothing, not even who is looking.
    `again` offers to send what was typed again.
    """
    kept = request.form.get("body", "") if status != 413 and request.method == "POST" else ""
    context: dict[str, Any] = {
        "title": title or TITLES.get(status, "That did not work"),
        "message": message,
        "links": [*links, *_further(status)],
        "passes": status in PASSING,
        "kept": kept,
        "again": resending.same(renewed=status == 400) if kept and (again or status >= 500) else None,
    }
    if bare:
        nobody()
    elif status == 401 and me() is None:
        context["links"] = [("Sign in", url_for("login.login", next=None if kept else resending.came_from()))]
    response = pages.answer("errors/error.html", block="alert", status=status, **context)
    if pages.wants_fragment():
        response.headers["HX-Retarget"] = "#alerts"
        response.headers["HX-Reswap"] = "innerHTML"
        response.headers["HX-Push-Url"] = "false"
    return response
