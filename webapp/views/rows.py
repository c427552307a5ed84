"""Rows of the timeline, drawn once: a revision does not change, and fifty rows are most of what a page costs."""

from functools import lru_cache

from flask import Flask, current_app
from markupsafe import Markup

from webapp.history.timeline import Entry
from webapp.views import words

KEPT = 2048
"""Rows remembered, about a kilobyte each."""


def init_app(app: Flask) -> None:
    """Give templates `revision_row`."""
    app.add_template_global(revision_row, "revision_row")


def revision_row(entry: Entry, editor: str, selected: int | None) -> Markup:
    """Return the row of `entry` in the timeline; `editor` is the address of the post's editor."""
    return _drawn(entry, editor, entry.number == selected, words.ago(entry.saved_at))


@lru_cache(maxsize=KEPT)
def _drawn(entry: Entry, editor: str, is_selected: bool, ago: str) -> Markup:  # noqa: FBT001  part of the key
    # A row whose text was erased, or that went live, is another entry: what is remembered is never out of date.
    component = current_app.jinja_env.get_template("components/revision.html").module
    return Markup(component.row(entry, editor, is_selected, ago))  # type: ignore[attr-defined]  # noqa: S704
