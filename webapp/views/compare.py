"""Any two revisions of a post, one against the other, and any of them against what stands in a form."""

from typing import Any

from flask import Blueprint, Response, request

from webapp.forms.post import PostForm
from webapp.history import compare as comparing
from webapp.history import head, preview
from webapp.history.compare import Side
from webapp.history.head import Head
from webapp.pure import folding
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages

blueprint = Blueprint("compare", __name__)

TEMPLATE = "compare/compare.html"
VIEWS = {"inline": "Inline", "split": "Side by side"}
"""Ways to show changes, and what their links say."""


@blueprint.get("/<int:post_id>/compare")
@access.needs(Ability.EDIT)
def compare(post_id: int) -> Response:
    """Show what changed from revision `?from=N` to `?to=M`, by default from the one before to the latest.

    `?open=A-B` unfolds these lines of the old text; to htmx it answers nothing but them.
    """
    post = head.of(post_id, by=access.require_me())
    to = preview.number_of(post, arguments.number("to", default=-1))
    since = preview.number_of(post, arguments.number("from", default=max(to - 1, 0)))
    view = arguments.choice("view", VIEWS)
    opened = arguments.span("open")
    old = preview.at(post, since)
    if opened is not None and pages.wants_fragment():
        return _opened(post, old, to=to, view=view, opened=opened)
    return _show(post, old, preview.at(post, to), view=view, opened=opened)


@blueprint.post("/<int:post_id>/compare")
@access.needs(Ability.EDIT)
def typed(post_id: int) -> Response:
    """Show what changed from revision `from`, by default the one that the form grew from, to what was typed.

    Writes nothing; the page holds what was typed, and leads back to the form with it.
    """
    post = head.of(post_id, by=access.require_me())
    arguments.choice("to", ("form",))
    form = PostForm.sent()
    now = comparing.typed(title=form.content["title"], tags=form.content["tags"], body=form.content["body"])
    old = preview.at(post, arguments.number("from", default=_grew_from(post, form), among=request.form))
    return _show(
        post,
        old,
        now,
        view=arguments.choice("view", VIEWS, among=request.form),
        opened=arguments.span("open", among=request.form),
        form=form,
    )


def _grew_from(post: Head, form: PostForm) -> int:
    number = form.seen.data if form.source.data is None else form.source.data
    return post.revision if number is None or number > post.revision else number


def _show(post: Head, old: preview.Revision, new: Side, *, view: str, opened: range | None, **context: Any) -> Response:
    pair = comparing.between(old, new, columns=2 if view == "split" else 1, opened=opened)
    context = {"form": None} | context
    return pages.answer(TEMPLATE, post=post, pair=pair, view=view, views=VIEWS, **context)


def _opened(post: Head, old: preview.Revision, *, to: int, view: str, opened: range) -> Response:
    """Answer a fold that was opened."""
    parts = folding.opened_run(old.body, first=opened.start, last=opened.stop - 1)
    return pages.fragment(TEMPLATE, "opened", post=post, old=old, to=to, view=view, first=opened.start, parts=parts)
