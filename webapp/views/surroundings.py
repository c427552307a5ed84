"""What every template knows: who looks, and what their role lets them do."""

from dataclasses import dataclass
from typing import Any

from flask import Flask

from webapp.history.people import person
from webapp.models import User
from webapp.pure.roles import Ability, Role, Scope, scope
from webapp.views.access import me


@dataclass(frozen=True, slots=True)
class Abilities:
    """Which links to offer; the operations ask again."""

    create: bool
    see_activity: bool
    manage_people: bool
    see_trash: bool


def init_app(app: Flask) -> None:
    """Surround every template."""
    app.context_processor(_surroundings)


def _surroundings() -> dict[str, Any]:
    user = me()
    return {"viewer": None if user is None else person(user), "abilities": _abilities(user)}


def _abilities(user: User | None) -> Abilities:
    def has(ability: Ability) -> bool:
        return user is not None and scope(Role(user.role), ability) is not Scope.NONE

    return Abilities(
        create=has(Ability.CREATE),
        see_activity=has(Ability.EDIT),
        manage_people=has(Ability.MANAGE_PEOPLE),
        see_trash=has(Ability.SEE_TRASH),
    )
