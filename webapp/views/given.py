"""A form bears witness for whom it was made: whoever loses the right to save it while they type keeps the text."""

import hashlib
import hmac

from flask import Flask, current_app

from webapp.views import access


def init_app(app: Flask) -> None:
    """Give templates what they mark forms with."""
    app.add_template_global(proof, "given")


def proof(post_id: int | None = None) -> str:
    """Return what nobody else can write: that this person got a form for the post (None: for a new one)."""
    secret = str(current_app.secret_key).encode()
    said = repr((post_id, access.require_me().public_id)).encode()
    return hashlib.blake2b(said, key=secret[:64], person=b"stet form given", digest_size=12).hexdigest()


def holds(shown: str | None, post_id: int | None) -> bool:
    """Return whether `shown` is the proof for the person who asks."""
    return hmac.compare_digest((shown or "").encode(), proof(post_id).encode())
