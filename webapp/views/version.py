"""A revision before and after its restoring: what it would change, and the change."""

from typing import Any

from flask import Blueprint, Response, request

from webapp.forms.seen import SeenForm
from webapp.history import compare as comparing
from webapp.history import head, preview
from webapp.operations import restore as restoring
from webapp.pure.roles import Ability
from webapp.views import access, notices, pages
from webapp.views.editor import saved_answer

blueprint = Blueprint("version", __name__)

TEMPLATE = "version/preview.html"
ADDRESS = "/<int:post_id>/version/<int(signed=True):number>"


@blueprint.get(ADDRESS, endpoint="preview")
@access.needs(Ability.EDIT)
def preview_restore(post_id: int, number: int) -> Response:
    """Show what restoring would change in the latest revision; to htmx only how much, or `?part=changes` only what."""
    post = head.of(post_id, by=access.require_me())
    latest = preview.at(post)
    revision = preview.at(post, number)
    context: dict[str, Any] = {"post": post, "revision": revision, "latest": latest}
    if pages.wants_fragment() and request.args.get("part") == "changes":
        return pages.fragment(TEMPLATE, "excerpt", pair=comparing.between(latest, revision), **context)
    change = preview.change_to(revision, latest=latest)
    pair = None if pages.wants_fragment() else comparing.between(latest, revision)
    return pages.answer(TEMPLATE, block="effect", change=change, pair=pair, **context)


@blueprint.post(ADDRESS)
@access.needs(Ability.EDIT)
def restore(post_id: int, number: int) -> Response:
    """Save the old revision as the newest one."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    form = SeenForm.sent()
    save_id = form.save_id.data or None
    saved = restoring.revision(post, number, seen=form.seen_of(post), by=user, save_id=save_id)
    notice = notices.undoable(f"Restored #{preview.number_of(post, number)} as #{saved.revision}.", saved)
    return saved_answer(saved, previously_live=post.live_revision, block="restored", notice=notice)
