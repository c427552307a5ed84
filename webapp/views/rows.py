"""Rows of the timeline, drawn once: a revision does not change, and fifty rows are most of what a page costs."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from webapp import clock
from webapp.history.timeline import Entry
from webapp.pure import timeline
from webapp.pure.timeline import Session
from webapp.views import words, zone

KEPT = 1024
"""Rows remembered, some two kilobytes each: twenty pages."""
KEPT_HEADINGS = 256
"""Of a session's heading all its revisions are remembered, to know it by."""
SHORT = 20
"""Revisions of a post whose sessions stand open at first: they fit on a screen or two."""
_ROWS = Markup("<!-- rows -->")


def init_app(app: Flask) -> None:
    """Give templates what they draw the timeline with."""
    for draws in (revision_row, revision_days):
        app.add_template_global(draws, draws.__name__)


def revision_row(entry: Entry, editor: str, selected: int | None, query: str = "") -> Markup:
    """Return the row of `entry` in the timeline.

    `editor` is the address of the post's editor, `query` what its links carry along of the timeline's own address.
    """
    return _row(entry, editor, query, entry.number == selected, words.under_its_day(entry.saved_at))


def revision_days(
    entries: Sequence[Entry],
    editor: str,
    *,
    selected: int | None,
    latest: int,
    query: str = "",
    above: Entry | None = None,
    below: Entry | None = None,
) -> Markup:
    """Return `entries` under the headings of the viewer's days, and in sessions.

    `latest` is the number of the post's latest revision, `above` and `below` are the revisions on the pages beside.
    """
    here = zone.of_viewer()
    today = clock.now().astimezone(here).date()
    drawn: list[str] = []
    for day in timeline.days(entries, zone=here, above=above, below=below):
        before, after = _day(day.date, words.day_name(day.date, today=today))
        drawn.append(before)
        for session in day.sessions:
            rows = [revision_row(entry, editor, selected, query) for entry in session.revisions]
            # The session that is under way stays as rows: its next one goes on top.
            if session.folds and not session.revisions[0].is_latest:
                began, ended = (f"{moment:%H:%M}" for moment in (session.began, session.ended))
                first, last = _session(session, began, ended, _opens(session, selected, latest))
                rows = [first, *rows, last]
            drawn += rows
        drawn.append(after)
    return Markup("".join(drawn))  # noqa: S704  all of it comes from templates


def _opens(session: Session[Entry], selected: int | None, latest: int) -> bool:
    """Return whether a session stands open at first: what is looked at or looked for in it must be seen.

    So does the rest of one that another page has begun; beside that page it follows what is there.
    """
    return (
        latest < SHORT
        or session.is_part
        or any(entry.number == selected or entry.is_live or entry.label for entry in session.revisions)
    )


@lru_cache(maxsize=KEPT)
def _row(entry: Entry, editor: str, query: str, is_selected: bool, when: str) -> Markup:  # noqa: FBT001  part of the key
    # A row whose text was erased, or that went live, is another entry: what is remembered is never out of date.
    return Markup(_macros("components/revision.html").row(entry, editor, query, is_selected, when))  # noqa: S704


@lru_cache(maxsize=KEPT_HEADINGS)
def _day(date: date, name: str) -> tuple[Markup, Markup]:
    """Return what stands before and after the rows of a day."""
    return _around(_macros("timeline/days.html").day(date, name, _ROWS))


@lru_cache(maxsize=KEPT_HEADINGS)
def _session(session: Session[Entry], began: str, ended: str, is_open: bool) -> tuple[Markup, Markup]:  # noqa: FBT001
    """Return what stands before and after the rows of a session; times as texts: equal moments read differently."""
    return _around(_macros("timeline/days.html").session(session, began, ended, is_open, _ROWS))


def _around(drawn: str) -> tuple[Markup, Markup]:
    before, after = drawn.split(_ROWS)
    return Markup(before), Markup(after)  # noqa: S704


def _macros(name: str) -> Any:
    return current_app.jinja_env.get_template(name).module
