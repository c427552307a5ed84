"""The timeline, a page at a time."""

from flask import Blueprint, Response

from webapp.history import head, timeline
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages

blueprint = Blueprint("timeline", __name__)


@blueprint.get("/<int:post_id>/timeline")
@access.needs(Ability.EDIT)
def page(post_id: int) -> Response:
    """List the revisions older than `?before=N`, newest first."""
    post = head.of(post_id, by=access.require_me())
    before = arguments.number("before", default=post.revision + 1)
    return pages.answer(
        "timeline/page.html",
        block="timeline_page",
        post=post,
        timeline=timeline.page(post, before=before),
        selected=None,
    )
