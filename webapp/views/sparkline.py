"""The size of a post over its revisions, drawn above the timeline, to choose one from."""

from typing import Any

from flask import Blueprint, Response

from webapp.history import head, preview, sizes
from webapp.history.head import Head
from webapp.pure import sparkline
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages

blueprint = Blueprint("sparkline", __name__)


@blueprint.get("/<int:post_id>/sparkline")
@access.needs(Ability.EDIT)
def show(post_id: int) -> Response:
    """Draw the sizes anew, `?revision=N` marked; as a page they stand in the editor."""
    post = head.of(post_id, by=access.require_me())
    number = preview.number_of(post, arguments.number("revision", default=-1))
    if not pages.wants_fragment():
        return pages.go("editor.update", post_id=post.id, revision=number)
    return pages.fragment("editor/update.html", "sparkline", post=post, **beside(post, number))


def beside(post: Head, number: int) -> dict[str, Any]:
    """Return what templates need to draw the sizes with revision `number` marked."""
    found, marks = sizes.of(post), sizes.marks(post)
    return {
        "sizes": found,
        "marks": marks,
        "nearest": next((size for size in reversed(found) if size.number <= number), found[0]),
        "at": sparkline.x(number, post.revision),
        "number": number,
        "drawing": sparkline.draw(
            [(size.number, size.size_bytes) for size in found],
            last=post.revision,
            labelled=marks.labels,
            published=marks.published,
        ),
    }
