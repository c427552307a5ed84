"""Rows of the timeline, drawn once: a revision does not change, and fifty rows are most of what a page costs."""

from collections.abc import Sequence
from functools import lru_cache

from flask import Flask, current_app
from markupsafe import Markup

from webapp.history.timeline import Entry
from webapp.pure.timeline import Day, Session, days
from webapp.views import words, zone

KEPT = 2048
"""Rows remembered, about a kilobyte each."""


SHORT = 20
"""Revisions of a post whose sessions stand open at first: they fit on a screen or two."""


def init_app(app: Flask) -> None:
    """Give templates what they draw the timeline with."""
    for draws in (revision_row, revision_days, is_open):
        app.add_template_global(draws, draws.__name__)


def revision_row(entry: Entry, editor: str, selected: int | None, query: str = "") -> Markup:
    """Return the row of `entry` in the timeline.

    `editor` is the address of the post's editor, `query` what its links carry along of the timeline's own address.
    """
    return _drawn(entry, editor, query, entry.number == selected, words.ago(entry.saved_at))


def revision_days(
    entries: Sequence[Entry], above: Entry | None = None, below: Entry | None = None
) -> tuple[Day[Entry], ...]:
    """Return revisions by the viewer's days, and in sessions."""
    return days(entries, zone=zone.of_viewer(), above=above, below=below)


def is_open(session: Session[Entry], selected: int | None, latest: int) -> bool:
    """Return whether a session stands open at first: what is looked at or looked for in it must be seen.

    So does the rest of one that another page has begun; beside that page it follows what is there.
    """
    return (
        latest < SHORT
        or session.is_part
        or any(entry.number == selected or entry.is_live or entry.label for entry in session.revisions)
    )


@lru_cache(maxsize=KEPT)
def _drawn(entry: Entry, editor: str, query: str, is_selected: bool, ago: str) -> Markup:  # noqa: FBT001  part of the key
    # A row whose text was erased, or that went live, is another entry: what is remembered is never out of date.
    component = current_app.jinja_env.get_template("components/revision.html").module
    return Markup(component.row(entry, editor, query, is_selected, ago))  # type: ignore[attr-defined]  # noqa: S704
