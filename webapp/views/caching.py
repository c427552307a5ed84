"""An old revision never changes, so its fragment need not be sent twice: a private validator answers with 304."""

import hashlib
from functools import cache

from flask import Response, current_app, request, session

from webapp.history.head import Head
from webapp.models import User
from webapp.views.assets import folder


def unchanged(post: Head, number: int, viewer: User) -> Response | None:
    """Return 304 if the browser has this fragment. Ask only after the rights: the answer itself tells something."""
    if request.if_none_match.contains_weak(_validator(post, number, viewer)):
        response = current_app.response_class(status=304)
        response.set_etag(_validator(post, number, viewer), weak=True)
        return response
    return None


def remember(response: Response, post: Head, number: int, viewer: User) -> None:
    """Mark `response` as the fragment of revision `number`."""
    response.set_etag(_validator(post, number, viewer), weak=True)


def _validator(post: Head, number: int, viewer: User) -> str:
    """Name all that the fragment is made of. The session is one of them: the form's token belongs to it."""
    parts = (
        post.id,
        number,
        post.digest.hex(),  # of the latest revision, and so of all before it; the banner compares with its text
        post.erased,
        post.labels,
        post.title,
        post.live_revision,
        post.may_publish,
        post.may_trash,
        viewer.public_id,
        session.get("csrf_token"),
        _templates(),
    )
    secret = str(current_app.secret_key).encode()
    return hashlib.blake2b(repr(parts).encode(), key=secret[:64], digest_size=16).hexdigest()


@cache
def _templates() -> str:
    """Return a hash of all templates."""
    names = sorted(folder("templates").rglob("*.html"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in names)).hexdigest()
