"""Gives the browser the text that it shows as a dictionary: later answers are differences to it (RFC 9842)."""

import re
from base64 import b64decode

from flask import Blueprint, Response, current_app, request, url_for

from webapp.errors import Missing
from webapp.history import dictionary, head, preview
from webapp.history.head import Head
from webapp.history.preview import Revision
from webapp.pure.roles import Ability
from webapp.views import access, compression

blueprint = Blueprint("dictionary", __name__)

SMALLEST_BYTES = 4 * 1024
"""What is around a shorter text is most of its page."""
LARGEST_BYTES = 1024 * 1024
"""Half of what a process remembers of texts (`StoredText`)."""
FRESH_SECONDS = 8 * 60 * 60
"""A day of work. The text of a revision never changes; but browsers may not keep for ever what can be erased here."""

_OFFERED = re.compile(r":([A-Za-z0-9+/]{43}=):")
"""A SHA-256 as structured fields write bytes (RFC 9651)."""


@blueprint.get("/<int:post_id>/version/<int:number>/dictionary")
@access.needs(Ability.EDIT)
def text(post_id: int, number: int) -> Response:
    """Answer with the text of a revision, for all that the browser asks for about this post."""
    if compression.is_asked_by_strangers():
        raise Missing
    post = head.of(post_id, by=access.require_me())
    lean(post)
    response = current_app.response_class(preview.at(post, number).body, mimetype="text/plain")
    response.headers["Use-As-Dictionary"] = f'match="{url_for("posts.read", post_id=post.id)}/*"'
    response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    return response


def address(revision: Revision) -> str | None:
    """Return where the dictionary is that suits a page with `revision`; None where it would save little."""
    if SMALLEST_BYTES <= len(revision.body.encode()) <= LARGEST_BYTES:
        return url_for("dictionary.text", post_id=revision.post_id, number=revision.number)
    return None


def lean(post: Head) -> None:
    """Let the answer be the difference to a text of `post` that the browser has.

    To be asked for by those only who may see all texts of the post: the answer's form tells whether it has that text.
    """
    compression.against(lambda: _offered(post))


def _offered(post: Head) -> bytes | None:
    offered = _OFFERED.fullmatch(request.headers.get("Available-Dictionary", ""))
    return None if offered is None else dictionary.of(post, b64decode(offered[1]))
