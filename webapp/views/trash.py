"""The trash: in, out, and for good."""

from flask import Blueprint, Response, flash

from webapp.errors import Invalid
from webapp.forms.erase import EraseForm
from webapp.history import desk, head
from webapp.operations import erase as erasing
from webapp.operations import trash
from webapp.pure.roles import Ability
from webapp.views import access, pages
from webapp.views.errors import status_of

blueprint = Blueprint("trash", __name__)


@blueprint.get("/trash")
@access.needs(Ability.SEE_TRASH)
def index() -> Response:
    """List what one may take back."""
    return pages.answer("trash/index.html", cards=desk.trash(by=access.require_me()))


@blueprint.post("/<int:post_id>/delete")
@access.needs(Ability.TRASH)
def delete(post_id: int) -> Response:
    """Put a post in the trash."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    trash.delete(post, by=user)
    flash(f"“{post.title}” is in the trash, with its whole history.")
    return pages.go("posts.index")


@blueprint.post("/<int:post_id>/undelete")
@access.needs(Ability.TRASH)
def undelete(post_id: int) -> Response:
    """Take a post out of the trash."""
    user = access.require_me()
    trash.undelete(head.of(post_id, by=user, trash=True), by=user)
    return pages.go("editor.update", post_id=post_id)


@blueprint.get("/<int:post_id>/erase")
@access.needs(Ability.ERASE)
def confirm_erase(post_id: int) -> Response:
    """Ask before a post is deleted for good."""
    return _ask(post_id, EraseForm(formdata=None))


@blueprint.post("/<int:post_id>/erase")
@access.needs(Ability.ERASE)
def erase(post_id: int) -> Response:
    """Delete a post for good."""
    user = access.require_me()
    post = head.of(post_id, by=user, ability=Ability.ERASE, trash=True)
    form = EraseForm.sent()
    try:
        erasing.post_for_good(post, reason=form.reason.data or "", by=user)
    except Invalid as error:
        form.refuse(error)
        return _ask(post_id, form, status=status_of(error))
    flash("The post is erased. That it was there, and who wrote it when, is still known.")
    return pages.go("trash.index")


def _ask(post_id: int, form: EraseForm, *, status: int = 200) -> Response:
    post = head.of(post_id, by=access.require_me(), ability=Ability.ERASE, trash=True)
    return pages.answer("trash/erase.html", status=status, post=post, count=post.revision + 1, form=form)
