"""The people of the desk: what each wrote, and for those who look after them, who they are."""

from flask import Blueprint, Response, flash

from webapp.errors import Invalid, Missing
from webapp.forms.people import ChangeForm, PersonForm
from webapp.history import activity, contribution
from webapp.history import people as everybody
from webapp.operations import people
from webapp.pure.roles import Ability, Role
from webapp.views import access, arguments, pages, zone
from webapp.views.errors import status_of

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
@access.needs(Ability.MANAGE_PEOPLE)
def index() -> Response:
    """List everybody."""
    return _list(PersonForm(formdata=None))


@blueprint.post("/people")
@access.needs(Ability.MANAGE_PEOPLE)
def add() -> Response:
    """Add a person."""
    form = PersonForm()
    if not form.validate():
        return _list(form, status=422)
    try:
        user = people.add(
            email=form.email.data,
            name=form.name.data,
            role=Role(form.role.data),
            password=form.password.data or None,
            by=access.require_me(),
        )
    except Invalid as error:
        form.refuse(error)
        return _list(form, status=status_of(error))
    flash(f"{user.name} is here now.")
    return pages.go("people.index")


@blueprint.get("/people/<public_id>")
@access.needs(Ability.EDIT)
def show(public_id: str) -> Response:
    """Show what somebody wrote; of whom one may see nothing, there is no page, but for oneself and administrators."""
    user = access.require_me()
    shown = everybody.find(public_id)
    did = activity.page(by=user, person=shown, before=arguments.cursor(), zone=zone.of_viewer())
    may_manage = user.may(Ability.MANAGE_PEOPLE)
    if not (did.days or shown.id == user.id or may_manage):
        raise Missing
    return pages.answer(
        "people/show.html",
        person=everybody.person(shown),
        role=Role(shown.role) if may_manage else None,
        contribution=contribution.of(shown, by=user),
        activity=did,
    )


@blueprint.post("/people/<public_id>")
@access.needs(Ability.MANAGE_PEOPLE)
def change(public_id: str) -> Response:
    """Change a person's role or password, shut them out or let them in again."""
    user = everybody.find(public_id)
    form = ChangeForm()
    if not form.validate():
        return _refused(form.sentences)
    try:
        people.change(
            user,
            role=Role(form.role.data) if form.role.data else None,
            active=form.active.data == "1" if form.active.data else None,
            password=form.password.data or None,
            by=access.require_me(),
        )
    except Invalid as error:
        return _refused(list(error.fields.values()), status=status_of(error))
    flash(f"{user.name} is changed.")
    return pages.go("people.index")


def _refused(sentences: list[str], *, status: int = 422) -> Response:
    """Answer with the list; the forms of single persons on it have no place for what is wrong."""
    for sentence in sentences:
        flash(sentence, "error")
    return _list(PersonForm(formdata=None), status=status)


def _list(form: PersonForm, *, status: int = 200) -> Response:
    return pages.answer("people/index.html", status=status, people=everybody.cards(), form=form, roles=list(Role))
