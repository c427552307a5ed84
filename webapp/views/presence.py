"""The one question of an open editor, every few seconds: who else is here, and what did they save."""

import hashlib
from typing import Any

from flask import Blueprint, Response, make_response, request, url_for

from webapp.history import head, timeline
from webapp.history import presence as reading
from webapp.history.head import Head
from webapp.models import User
from webapp.operations import presence
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages
from webapp.views.timeline import newer

blueprint = Blueprint("presence", __name__)


@blueprint.post("/<int:post_id>/presence")
@access.needs(Ability.EDIT)
def note(post_id: int) -> Response:
    """Note that one looks at the post, or with `editing=1` types, and answer with what the page does not know yet.

    `after` is the newest revision on the page, `live` the published one, `known` names the people, `revision` is what
    the form is filled with. An answer of 204 says that nothing is new.
    """
    user = access.require_me()
    post = head.of(post_id, by=user)
    presence.note(post.id, editing=request.form.get("editing") == "1", by=user)
    if not pages.wants_fragment():
        return pages.go("editor.update", post_id=post.id)
    here = around(post, by=user)
    after = arguments.number("after", default=post.revision)
    live = arguments.number("live", default=-1)
    published = {live, -1 if post.live_revision is None else post.live_revision}
    if after >= post.revision and len(published) == 1 and request.args.get("known") == here["known"]:
        return make_response("", 204)
    return pages.fragment(
        "presence/news.html",
        "news",
        post=post,
        shown=arguments.number("revision", default=post.revision),
        is_preview=request.args.get("preview") == "true",
        redrawn=timeline.entries(post, {number for number in published if 0 <= number <= after})
        if len(published) > 1
        else (),
        editor=url_for("editor.update", post_id=post.id),
        **here,
        **newer(post, after, by=user),
    )


def around(post: Head, *, by: User) -> dict[str, Any]:
    """Return who else is here, and a short text that is another one when somebody else is, or does something else."""
    others = reading.others(post.id, by=by)
    return {"others": others, "known": hashlib.blake2s(repr(others).encode(), digest_size=6).hexdigest()}
