"""People, and what they may."""

import pytest
import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.errors import NotAllowed
from webapp.models import OPERATOR, User
from webapp.pure.roles import Ability, Role


def test_a_person_is_found_by_address_in_any_case(cast):
    assert User.with_email("  AUTHOR@desk.Example ") is cast.author
    assert User.with_email("nobody@desk.example") is None
    assert User.with_email("") is None


def test_a_person_is_found_by_the_name_in_addresses(cast):
    assert User.with_public_id(cast.author.public_id) is cast.author
    assert User.with_public_id("nobody") is None


def test_public_names_are_random(cast):
    names = {user.public_id for user in vars(cast).values()}

    assert len(names) == 5
    assert {len(bytes.fromhex(name)) for name in names} == {10}


def test_an_address_belongs_to_one_person_and_none_to_many(cast):
    with transaction() as session:
        session.add_all([User(name="Imported", role=Role.READER) for _ in range(2)])

    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add(User(name="Twin", role=Role.READER, email=cast.author.email))

    assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 7


def test_an_author_may_edit_their_own_post_and_an_editor_all(write, cast):
    mine, theirs = write("mine"), write("theirs", by=cast.other)

    assert [cast.author.may(Ability.EDIT, post) for post in (mine, theirs)] == [True, False]
    assert [cast.editor.may(Ability.EDIT, post) for post in (mine, theirs)] == [True, True]
    assert cast.author.may(Ability.EDIT) is False
    assert cast.author.may(Ability.CREATE) is True


def test_must_is_silent_or_refuses(write, cast):
    post = write("mine")

    cast.author.must(Ability.EDIT, post)
    with pytest.raises(NotAllowed):
        cast.other.must(Ability.EDIT, post)


def test_somebody_shut_out_may_nothing(write, cast):
    post = write("mine")
    for user in (cast.author, cast.admin):
        user.active = False

    assert [user.may(ability, post) for user in (cast.author, cast.admin) for ability in Ability] == [False] * (
        2 * len(Ability)
    )
    db.session.rollback()


def test_nothing_is_refused_to_the_operator(write):
    post = write("mine")

    assert all(OPERATOR.may(ability, post) for ability in Ability)
    OPERATOR.must(Ability.ERASE, post)
    assert OPERATOR.id is None
