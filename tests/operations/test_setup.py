"""The first administrator."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction
from webapp.errors import Invalid, Missing, StetError, Throttled
from webapp.models import Event, User
from webapp.operations import setup, sign_in

sqlite_is_enough = pytest.mark.only("sqlite", "these statements are the same on both")

SITE = "http://127.0.0.1:8000"
WHO = {"email": "ada@desk.example", "name": "Ada", "password": "a fine long sentence"}
HERE = "192.0.2.7"


@pytest.fixture(autouse=True)
def cheap(app):
    app.config["ARGON2"] = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


def token(**age: float) -> str:
    link = setup.link(SITE, at=clock.now() - timedelta(**age))
    assert link is not None
    return link.removeprefix(f"{SITE}/setup?token=")


def test_whoever_has_the_link_becomes_the_administrator_once(app):
    link = token()
    user = setup.with_token(link, **WHO, address=HERE)
    assert (user.email, user.name, user.role, user.active) == ("ada@desk.example", "Ada", "admin", True)
    assert db.session.scalars(sa.select(Event.verb)).all() == ["add person"]
    with pytest.raises(Missing):
        setup.must_open(link)
    with pytest.raises(Missing):
        setup.with_token(link, **WHO | {"email": "eve@desk.example"}, address=HERE)
    assert setup.link(SITE) is None
    assert sign_in.with_password("ada@desk.example", WHO["password"], address=HERE, user_agent="")


@sqlite_is_enough
@pytest.mark.parametrize(("age", "opens"), [({"minutes": 29}, True), ({"minutes": 31}, False)])
def test_a_link_lives_half_an_hour(app, age, opens):
    if opens:
        setup.must_open(token(**age))
        return
    with pytest.raises(Missing):
        setup.must_open(token(**age))


@sqlite_is_enough
def test_a_link_may_be_asked_for_again_while_there_is_nobody(app):
    first, second = token(minutes=1), token()
    assert first != second
    setup.must_open(first)
    setup.must_open(second)


@sqlite_is_enough
@pytest.mark.parametrize("wrong", ["", "x", "1763900000.AAAA", "W10.c2ln", "\0", "ä" * 50])
def test_another_token_opens_nothing(app, wrong):
    with pytest.raises(Missing):
        setup.must_open(wrong)
    with pytest.raises(Missing):
        setup.with_token(wrong, **WHO, address=HERE)
    assert db.session.scalars(sa.select(User)).all() == []


@sqlite_is_enough
def test_a_token_of_another_desk_or_of_another_kind_opens_nothing(app):
    ours = token()
    app.config["SECRET_KEY"] = "another desk"
    with pytest.raises(Missing):
        setup.must_open(ours)


@sqlite_is_enough
def test_guessing_tokens_is_slowed_down_and_the_right_one_is_still_heard(app):
    for _ in range(5):
        with pytest.raises(Missing):
            setup.with_token("wrong", **WHO, address=HERE)
    with pytest.raises(Throttled):
        setup.with_token("wrong", **WHO, address=HERE)
    assert setup.with_token(token(), **WHO, address=HERE).role == "admin"


@sqlite_is_enough
def test_what_cannot_be_stored_leaves_the_link_open(app):
    link = token()
    for wrong in ({"email": "x"}, {"name": ""}, {"password": "short"}):
        with pytest.raises(Invalid) as refused:
            setup.with_token(link, **WHO | wrong, address=HERE)
        assert list(refused.value.fields) == list(wrong)
    setup.must_open(link)


@sqlite_is_enough
def test_people_who_only_wrote_or_lack_a_password_do_not_close_it(cast):
    setup.must_open(token())
    with pytest.raises(Invalid) as refused:
        setup.with_token(token(), **WHO | {"email": "admin@desk.example"}, address=HERE)
    assert refused.value.fields == {"email": "Somebody with this email is here already."}
    with transaction():
        cast.admin.password_hash = "any"
    assert setup.link(SITE) is None


@sqlite_is_enough
def test_the_operator_needs_no_link_and_is_told_when_it_is_done(app):
    setup.first_administrator(**WHO)
    with pytest.raises(Missing) as refused:
        setup.first_administrator(**WHO | {"email": "eve@desk.example"})
    assert str(refused.value) == "This desk has its administrator already."


def test_people_who_open_the_link_at_once_make_one_administrator(app):
    link, made = token(), []

    def open_it(number: int) -> None:
        with app.app_context():
            try:
                setup.with_token(link, **WHO | {"email": f"ada{number}@desk.example"}, address=HERE)
                made.append("made")
            except StetError as error:
                made.append(type(error).__name__)

    threads = [threading.Thread(target=open_it, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()  # its snapshot is from before
    assert sorted(made) == ["Missing"] * 5 + ["made"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 1
