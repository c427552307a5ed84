"""Naming a revision: a small form, as a page of its own or in a dialog over the desk."""

from flask import Blueprint, Response, flash

from webapp.errors import Invalid
from webapp.forms.label import LabelForm
from webapp.history import head, preview, timeline
from webapp.history import labels as reading
from webapp.history.head import Head
from webapp.operations import labels
from webapp.pure.roles import Ability
from webapp.views import access, pages
from webapp.views.errors import status_of

blueprint = Blueprint("labels", __name__)

TEMPLATE = "label/label.html"
ADDRESS = "/<int:post_id>/version/<int(signed=True):number>/label"


@blueprint.get(ADDRESS)
@access.needs(Ability.EDIT)
def label(post_id: int, number: int) -> Response:
    """Show the name of a revision, with who gave it and those it had before."""
    post = head.of(post_id, by=access.require_me())
    return _show(post, preview.number_of(post, number))


@blueprint.post(ADDRESS)
@access.needs(Ability.EDIT)
def name(post_id: int, number: int) -> Response:
    """Give the revision a name."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    form = LabelForm.sent()
    try:
        named = labels.name(post, number, name=form.name.data or "", by=user)
    except Invalid as error:
        form.refuse(error)
        return _show(post, preview.number_of(post, number), form, status=status_of(error))
    return _changed(post, named, said=f"Revision {named} has a name now.")


@blueprint.post(f"{ADDRESS}/remove")
@access.needs(Ability.EDIT)
def remove(post_id: int, number: int) -> Response:
    """Take the name of the revision away."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    named = labels.remove(post, number, by=user)
    return _changed(post, named, said=f"Revision {named} has no name any more.")


def _show(post: Head, number: int, form: LabelForm | None = None, *, status: int = 200) -> Response:
    (entry,) = timeline.entries(post, {number})
    if entry.gone:
        raise head.erased(post.id, number)
    names = reading.of(post, number)
    current = names[0] if names and names[0].until is None else None
    if form is None:
        form = LabelForm(formdata=None, name=current.name if current else "")
    earlier = names[1:] if current else names
    return pages.answer(
        TEMPLATE, block="naming", status=status, post=post, entry=entry, form=form, current=current, earlier=earlier
    )


def _changed(post: Head, number: int, *, said: str) -> Response:
    """Answer that the name of a revision is another: to htmx with the places that show it."""
    if not pages.wants_fragment():
        flash(said)
        return pages.go("editor.update", post_id=post.id, revision=number)
    current = next((naming.name for naming in reading.of(post, number) if naming.until is None), None)
    fresh = timeline.entries(post, {number})
    return pages.fragment(TEMPLATE, "named", post=post, number=number, label=current, fresh=fresh)
