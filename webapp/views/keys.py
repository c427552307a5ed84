"""The keys of the desk, for everybody."""

from flask import Blueprint, Response

from webapp.views import access, pages

blueprint = Blueprint("keys", __name__)


@blueprint.get("/help")
@access.public
def index() -> Response:
    """List the keys; to a script only the list, which it puts in a dialog."""
    return pages.answer("keys/help.html", block="keys")
