"""The timeline, a page at a time."""

from typing import Any

from flask import Blueprint, Response, make_response, request

from webapp.history import head, preview, timeline
from webapp.history.head import Head
from webapp.history.timeline import Timeline
from webapp.models import User
from webapp.pure.roles import Ability
from webapp.views import access, arguments, filters, pages
from webapp.views.filters import Filter

blueprint = Blueprint("timeline", __name__)


@blueprint.get("/<int:post_id>/timeline")
@access.needs(Ability.EDIT)
def page(post_id: int) -> Response:
    """List revisions, newest first: those before `?before=N`, right after `?after=N` or around `?revision=N`, or all.

    To htmx `?after=N` answers 204 when there is nothing newer.
    """
    user = access.require_me()
    post = head.of(post_id, by=user)
    asked = filters.asked()
    before = _number("before")
    after = _number("after")
    if after is not None and pages.wants_fragment() and after >= post.revision:
        return _nothing()
    if before is None and after is None:
        shown = _window(post, _number("revision"), asked, by=user)
    else:
        shown = timeline.page(post, before=before, after=after, only=asked.only(user))
    if after is not None and pages.wants_fragment() and not shown.entries:
        return _nothing()
    return pages.answer(
        "timeline/page.html",
        block="timeline_page" if after is None else "timeline_newer",
        post=post,
        selected=None,
        # A fragment that continues a list has an edge on its far side only.
        has_newer_edge=before is None or not pages.wants_fragment(),
        has_older_edge=after is None or not pages.wants_fragment(),
        **_context(post, shown, asked),
    )


def beside(post: Head, number: int, *, by: User) -> dict[str, Any]:
    """Return what the timeline beside the editor needs to be drawn around revision `number`."""
    asked = filters.asked()
    shown = _window(post, number, asked, by=by)
    return _context(post, shown, asked) | {"has_newer_edge": True, "has_older_edge": True}


def newer(post: Head, after: int, *, by: User) -> dict[str, Any]:
    """Return what the rows after revision `after` need to be drawn on top of those that are there."""
    asked = filters.asked()
    shown = timeline.page(post, after=after, only=asked.only(by)) if after < post.revision else Timeline((), None, None)
    return _context(post, shown, asked) | {"has_newer_edge": True, "has_older_edge": False, "selected": None}


def _context(post: Head, shown: Timeline, asked: Filter) -> dict[str, Any]:
    # The form with the authors stands outside of what a fragment replaces.
    authors = () if pages.wants_fragment() else timeline.authors(post)
    return {"timeline": shown, "asked": asked, "authors": authors}


def _window(post: Head, number: int | None, asked: Filter, *, by: User) -> Timeline:
    """Return the page that begins with the day that was asked for, or has revision `number`, or is the first."""
    only = asked.only(by)
    if asked.on is not None:
        return timeline.page(post, before=filters.before(post, asked.on), only=only)
    if number is not None:
        return timeline.around(post, preview.number_of(post, number), only=only)
    return timeline.page(post, only=only)


def _number(name: str) -> int | None:
    return arguments.number(name) if request.args.get(name) else None


def _nothing() -> Response:
    return make_response("", 204)
