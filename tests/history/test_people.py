"""People as pages show them."""

from datetime import UTC, datetime

import pytest

from webapp.database import transaction
from webapp.errors import Missing
from webapp.history import people
from webapp.history.people import Person
from webapp.models import Event, User
from webapp.pure.roles import Role

sqlite_is_enough = pytest.mark.only("sqlite", "these statements are the same on both")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ana Ruiz", "AR"),
        ("Ana María de la Ruiz", "AR"),
        ("ana", "A"),
        ("“Bob” (Robert) O’Neill", "BO"),
        ("李小龍", "李"),
        ("ßeta", "S"),
        ("– – –", "?"),
        ("9to5 bot", "9B"),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_last_word(name, initials):
    assert people.person(User(public_id="0123456789abcdef0123", name=name)) == Person(
        public_id="0123456789abcdef0123", name=name, initials=initials, hue=34
    )


def test_the_hue_is_an_angle_that_stays_with_the_person():
    hues = {people.person(User(public_id=f"{number:020x}", name="x")).hue for number in range(20_000)}
    assert hues == set(range(360))


def test_the_list_has_everybody_those_who_may_sign_in_first(cast):
    with transaction() as session:
        session.add(User(name="Aaron Imported", role=Role.AUTHOR, active=False))
    assert [(card.name, card.email, card.role, card.active) for card in people.cards()] == [
        ("Ada Admin", "admin@desk.example", Role.ADMIN, True),
        ("Ana Ruiz", "author@desk.example", Role.AUTHOR, True),
        ("Ed Itor", "editor@desk.example", Role.EDITOR, True),
        ("Otto Other", "other@desk.example", Role.AUTHOR, True),
        ("Rea Der", "reader@desk.example", Role.READER, True),
        ("Aaron Imported", "", Role.AUTHOR, False),
    ]


def test_somebody_was_last_seen_when_they_last_did_something(cast):
    earlier, later = (datetime(2026, 11, day, 9, 30, tzinfo=UTC) for day in (21, 23))
    with transaction() as session:
        session.add_all(Event(verb="save", by_id=cast.editor.id, at=at) for at in (later, earlier))
        session.add(Event(verb="add person", by_id=None, at=later))
    seen = {card.name: card.last_seen_at for card in people.cards()}
    assert seen == dict.fromkeys(seen) | {"Ed Itor": later}


def test_somebody_is_found_by_public_id(cast):
    assert people.find(cast.author.public_id) is cast.author
    for unknown in ("", "nobody", "\0", cast.author.public_id.upper() + "x", "1"):
        with pytest.raises(Missing):
            people.find(unknown)


@sqlite_is_enough
@pytest.mark.parametrize("lacks", [{"active": False}, {"role": Role.EDITOR}, {"email": None}, {"password_hash": None}])
def test_an_administrator_is_one_who_can_sign_in(cast, lacks):
    def give(values):
        with transaction():
            for name, value in values.items():
                setattr(cast.admin, name, value)

    give({"password_hash": "any"})
    assert people.has_administrator() is True
    give(lacks)
    assert people.has_administrator() is False
