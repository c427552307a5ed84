"""Publish a revision, or take the post back from its readers."""

from flask import Blueprint, Response, flash, request

from webapp.history import head
from webapp.operations import publication
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages

blueprint = Blueprint("publication", __name__)


@blueprint.post("/<int:post_id>/publish")
@access.needs(Ability.PUBLISH)
def publish(post_id: int) -> Response:
    """Show readers the revision of the form, by default the latest."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    number = arguments.number("revision", default=-1, among=request.form)
    shown = publication.publish(post, revision=number, by=user)
    flash(f"Readers see revision {shown} now.")
    return pages.go("editor.update", post_id=post_id)


@blueprint.post("/<int:post_id>/unpublish")
@access.needs(Ability.PUBLISH)
def unpublish(post_id: int) -> Response:
    """Show readers nothing of this post any more."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    publication.unpublish(post, by=user)
    flash("Readers do not see this post any more.")
    return pages.go("editor.update", post_id=post_id)
