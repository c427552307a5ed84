"""Any two revisions of a post, one against the other, and any of them against what stands in a form."""

from flask import Blueprint, Response, request

from webapp.forms.post import PostForm, grew_from, words_of
from webapp.history import compare as comparing
from webapp.history import head, preview
from webapp.history.compare import Way
from webapp.history.head import Head
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages, tabs
from webapp.views.tabs import Panel

blueprint = Blueprint("compare", __name__)

TEMPLATE = "compare/compare.html"


@blueprint.get("/<int:post_id>/compare")
@access.needs(Ability.EDIT)
def compare(post_id: int) -> Response:
    """Show what changed from revision `?from=N` to `?to=M`, by default from the one before to the latest.

    `?open=A-B` unfolds these lines of the old text; to htmx it answers nothing but them.
    """
    post = head.of(post_id, by=access.require_me())
    to = preview.number_of(post, arguments.number("to", default=-1))
    since = preview.number_of(post, arguments.number("from", default=max(to - 1, 0)))
    view = arguments.choice("view", tabs.WAYS)
    opened = arguments.span("open")
    old = preview.at(post, since)
    if opened is not None and pages.wants_fragment():
        return _opened(post, old, to=to, view=view, opened=opened)
    pair = comparing.between(old, preview.at(post, to), way=view, opened=opened)
    return pages.answer(TEMPLATE, post=post, pair=pair, view=view, views=tabs.WAYS, form=None)


@blueprint.post("/<int:post_id>/compare")
@access.needs(Ability.EDIT)
def typed(post_id: int) -> Response:
    """Show what changed from revision `from`, by default the one that the form grew from, to what was typed.

    Writes nothing; the page holds what was typed, and leads back to the form with it.
    """
    post = head.of(post_id, by=access.require_me())
    arguments.choice("to", ("form",))
    form = PostForm.sent()
    # The address, or the pressed button of the form.
    sent = request.values
    view = arguments.choice("view", tabs.WAYS, among=sent)
    old = preview.at(post, arguments.number("from", default=grew_from(form, latest=post.revision), among=sent))
    now = words_of(form)
    pair = comparing.between(old, now, way=view, opened=arguments.span("open", among=sent))
    panel = Panel(tabs.CHANGES, typed=True, way=view, other=str(old.number), pair=pair)
    return tabs.typed_answer(post, form, panel, page=TEMPLATE, pair=pair, view=view, views=tabs.WAYS)


def _opened(post: Head, old: preview.Revision, *, to: int, view: Way, opened: range) -> Response:
    """Answer a fold that was opened."""
    parts = comparing.unfolded(old, way=view, opened=opened)
    return pages.fragment(TEMPLATE, "opened", post=post, old=old, to=to, view=view, first=opened.start, parts=parts)
