"""The page that makes the first administrator; nobody sees it afterwards."""

from flask import Blueprint, Response, request

from webapp.errors import Invalid
from webapp.forms.setup import SetupForm
from webapp.operations import setup as setting_up
from webapp.operations import sign_in
from webapp.views import access, browser, pages
from webapp.views.errors import status_of

blueprint = Blueprint("setup", __name__)


@blueprint.get("/setup")
@access.public
def setup() -> Response:
    """Ask who looks after this desk."""
    setting_up.must_open(_token())
    return _ask(SetupForm(formdata=None))


@blueprint.post("/setup")
@access.public
def finish() -> Response:
    """Make the first administrator, and sign them in."""
    form = SetupForm()
    try:
        user = setting_up.with_token(
            _token(),
            email=form.email.data or "",
            name=form.name.data or "",
            password=form.password.data or "",
            address=browser.address(),
        )
    except Invalid as error:
        form.refuse(error)
        return _ask(form, status=status_of(error))
    browser.begin(sign_in.start(user, user_agent=browser.name()))
    return pages.go("posts.index")


def _token() -> str:
    return request.args.get("token", "")


def _ask(form: SetupForm, *, status: int = 200) -> Response:
    return pages.answer("setup/setup.html", status=status, form=form)
