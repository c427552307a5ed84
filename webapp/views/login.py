"""The front door: in with email and password, out with one click."""

from flask import Blueprint, Response, request, url_for

from webapp.errors import Invalid, Throttled
from webapp.forms.login import LoginForm
from webapp.operations import sign_in
from webapp.pure import addresses
from webapp.views import access, browser, pages
from webapp.views.errors import status_of

blueprint = Blueprint("login", __name__)


@blueprint.get("/login")
@access.public
def login() -> Response:
    """Ask who it is; whoever is signed in already goes on."""
    if access.me() is not None:
        return pages.go_to(_onward())
    return _ask(LoginForm(formdata=None))


@blueprint.post("/login")
@access.public
def enter() -> Response:
    """Sign in."""
    form = LoginForm()
    if not form.validate():
        return _ask(form, status=422)
    try:
        token = sign_in.with_password(
            form.email.data, form.password.data, address=browser.address(), user_agent=browser.name()
        )
    except Invalid as error:
        form.refuse(error)
        return _ask(form, status=status_of(error))
    except Throttled as error:
        form.refuse(Invalid({"password": str(error)}))
        response = _ask(form, status=status_of(error))
        response.headers["Retry-After"] = str(error.wait_seconds)
        return response
    browser.begin(token)
    return pages.go_to(_onward())


@blueprint.post("/logout")
@access.public
def logout() -> Response:
    """Sign out; the cookie is worth nothing afterwards, wherever a copy of it may be, and the browser keeps no text."""
    if token := browser.token():
        sign_in.end(token)
    browser.forget()
    response = pages.go("login.login")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _ask(form: LoginForm, *, status: int = 200) -> Response:
    return pages.answer("login/login.html", status=status, form=form, next=_next())


def _onward() -> str:
    return _next() or url_for("posts.index")


def _next() -> str | None:
    """Return where the person was going, if that is a place of ours."""
    there = request.args.get("next", "")
    return there if addresses.is_ours(there) else None
