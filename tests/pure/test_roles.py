"""The table of rights, written out in full."""

import pytest

from webapp.pure.roles import Ability, Role, Scope, may, scope

NONE, OWN, ALL = Scope.NONE, Scope.OWN, Scope.ALL

# fmt: off
TABLE = {
    #                       signed out  reader  author  editor  admin
    Ability.CREATE:         (NONE,      NONE,   ALL,    ALL,    ALL),
    Ability.EDIT:           (NONE,      NONE,   OWN,    ALL,    ALL),
    Ability.PUBLISH:        (NONE,      NONE,   OWN,    ALL,    ALL),
    Ability.TRASH:          (NONE,      NONE,   OWN,    ALL,    ALL),
    Ability.SEE_TRASH:      (NONE,      NONE,   OWN,    ALL,    ALL),
    Ability.EXPORT:         (NONE,      NONE,   OWN,    ALL,    ALL),
    Ability.ERASE:          (NONE,      NONE,   NONE,   NONE,   ALL),
    Ability.MANAGE_PEOPLE:  (NONE,      NONE,   NONE,   NONE,   ALL),
}
# fmt: on
ROLES = (None, Role.READER, Role.AUTHOR, Role.EDITOR, Role.ADMIN)
CELLS = [(role, ability, reach) for ability, row in TABLE.items() for role, reach in zip(ROLES, row, strict=True)]


def test_the_table_names_every_role_and_every_ability():
    assert set(TABLE) == set(Ability)
    assert set(ROLES) == {None, *Role}


@pytest.mark.parametrize(("role", "ability", "reach"), CELLS)
def test_a_role_reaches_as_far_as_the_table_says(role, ability, reach):
    assert scope(role, ability) is reach
    assert may(role, ability, own=True) is (reach is not NONE)
    assert may(role, ability, own=False) is (reach is ALL)
    assert may(role, ability) is (reach is ALL)


def test_roles_are_stored_by_these_names():
    assert list(Role) == ["reader", "author", "editor", "admin"]


def test_an_unknown_role_is_an_error_and_not_a_right():
    with pytest.raises(KeyError):
        may("owner", Ability.EDIT)


def test_a_role_read_back_as_plain_text_counts_the_same():
    assert may("editor", Ability.EDIT) is True
    assert may("reader", Ability.EDIT) is False
