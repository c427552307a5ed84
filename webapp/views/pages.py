"""One address, two answers: the whole page, or for htmx the block of it that is replaced."""

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from jinja2_fragments.flask import render_block

VARY = "HX-Request-Type"
FRAGMENT = "X-Fragment"
"""On every answer that may be swapped into a page; the client refuses all others."""


def wants_fragment() -> bool:
    """Return whether htmx asks for a part; going back in the history it asks for the whole page."""
    return request.headers.get(VARY) == "partial"


def answer(template: str, *, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """Return `block` of `template` to htmx, and the whole page to everybody else; both know the `status`."""
    if block is not None and wants_fragment():
        return fragment(template, block, status=status, **context)
    return make_response(render_template(template, status=status, **context), status)


def fragment(template: str, block: str, *, status: int = 200, **context: Any) -> Response:
    """Return one block, marked as swappable."""
    response = make_response(render_block(template, block, status=status, **context), status)
    response.headers[FRAGMENT] = "1"
    return response


def go(endpoint: str, **values: Any) -> Response:
    """Send the browser on with 303 See Other; htmx, whose fetch would follow it silently, gets a header."""
    return go_to(url_for(endpoint, **values))


def go_to(address: str) -> Response:
    """Send the browser to an address of ours with 303 See Other."""
    if wants_fragment():
        response = make_response("", 200)
        response.headers["HX-Redirect"] = address
        return response
    return current_app.make_response(redirect(address, 303))
