"""One's own account: the password, and where one is signed in."""

from flask import Blueprint, Response, flash

from webapp.errors import Invalid
from webapp.forms.account import PasswordForm
from webapp.history import sign_in as signed_in
from webapp.operations import account, sign_in
from webapp.views import access, browser, pages
from webapp.views.errors import status_of

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
@access.signed_in
def index() -> Response:
    """Show it."""
    return _show(PasswordForm(formdata=None))


@blueprint.post("/account/password")
@access.signed_in
def password() -> Response:
    """Change the password, which ends all other sessions."""
    form = PasswordForm()
    if not form.validate():
        return _show(form, status=422)
    try:
        account.change_password(
            access.require_me(),
            current=form.current.data,
            password=form.password.data,
            token=browser.token() or "",
            address=browser.address(),
        )
    except Invalid as error:
        form.refuse(error)
        return _show(form, status=status_of(error))
    flash("Your password is changed, and you are signed out everywhere else.")
    return pages.go("account.index")


@blueprint.post("/account/sessions/<int:session_id>/end")
@access.signed_in
def end_session(session_id: int) -> Response:
    """Sign out in one browser; in this one too, if it is this one."""
    sign_in.end_one(session_id, by=access.require_me())
    return pages.go("account.index")


def _show(form: PasswordForm, *, status: int = 200) -> Response:
    sessions = signed_in.sessions(access.require_me(), token=browser.token())
    return pages.answer("account/index.html", status=status, sessions=sessions, form=form)
