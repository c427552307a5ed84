"""What a page says once, after something was done, with the way to undo it where that is a click."""

from typing import TypedDict

from flask import url_for

from webapp.operations.posts import Saved


class Undo(TypedDict):
    """Where the button "Undo" sends, and the revision that must still be the latest then."""

    address: str
    seen: int


class Notice(TypedDict):
    """A sentence; it is kept in the session until a page says it, and so is plain data."""

    sentence: str
    undo: Undo | None


def undoable(sentence: str, saved: Saved) -> Notice | None:
    """Return the notice that `saved` was made, which undoing that very revision takes back; None if it was not."""
    if not saved.made and not saved.sent_before:
        return None
    address = url_for("undo.revision", post_id=saved.post_id, number=saved.revision)
    return Notice(sentence=sentence, undo=Undo(address=address, seen=saved.revision) if saved.made else None)
