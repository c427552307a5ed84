"""Any two revisions of a post, one against the other."""

from flask import Blueprint, Response

from webapp.history import compare as comparing
from webapp.history import head, preview
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages

blueprint = Blueprint("compare", __name__)


@blueprint.get("/<int:post_id>/compare")
@access.needs(Ability.EDIT)
def compare(post_id: int) -> Response:
    """Show what changed from revision `?from=N` to `?to=M`, by default from the last but one to the latest."""
    post = head.of(post_id, by=access.require_me())
    new = preview.at(post, arguments.number("to", default=-1))
    old = preview.at(post, arguments.number("from", default=max(new.number - 1, 0)))
    return pages.answer("compare/compare.html", post=post, old=old, new=new, comparison=comparing.between(old, new))
