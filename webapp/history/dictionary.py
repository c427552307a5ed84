"""Finds again the text of a post that a browser was given as a dictionary."""

from webapp.history.head import Head
from webapp.models import StoredText
from webapp.pure import delta


def of(post: Head, sha256: bytes) -> bytes | None:
    """Return the text of `post` with this hash; None for one that it never had or that is not kept any more.

    One query, and a second one unless the text is remembered. None too for a damaged text, which the answer can do
    without.
    """
    try:
        return StoredText.with_hash(post.id, sha256)
    except delta.Damaged:
        return None
