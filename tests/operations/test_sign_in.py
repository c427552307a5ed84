"""Signing in and out."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction
from webapp.errors import Invalid, Missing, Throttled
from webapp.history.sign_in import token_sha256, user_of
from webapp.models import Event, SignIn, User
from webapp.operations import passwords, sign_in

sqlite_is_enough = pytest.mark.only("sqlite", "these statements are the same on both")

PASSWORD = "a fine long sentence"
CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
HERE = "192.0.2.7"


@pytest.fixture
def ana(app, cast) -> User:
    """Return the author, with a password."""
    app.config["ARGON2"] = CHEAP
    kept = passwords.hash_of(PASSWORD)
    with transaction():
        cast.author.password_hash = kept
    return cast.author


def enter(email: str = "author@desk.example", password: str = PASSWORD, address: str = HERE) -> str:
    return sign_in.with_password(email, password, address=address, user_agent="Firefox/144.0")


def refusal(**typed: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        enter(**typed)
    return refused.value.fields


def events() -> list[tuple[str, int | None, str | None]]:
    return [
        (event.verb, event.by_id, event.detail) for event in db.session.scalars(sa.select(Event).order_by(Event.id))
    ]


def test_the_right_password_gives_a_token_that_names_the_person(ana):
    token = enter(" Author@Desk.EXAMPLE ")
    assert user_of(token) is ana
    assert events() == [("sign-in", ana.id, None)]


@sqlite_is_enough
def test_the_database_keeps_only_the_hash_of_256_random_bits(ana):
    token = enter()
    row = db.session.scalars(sa.select(SignIn)).one()
    assert len(token) == 43
    assert (row.token_sha256, row.user_id, row.user_agent) == (token_sha256(token), ana.id, "Firefox/144.0")


@sqlite_is_enough
def test_every_session_has_a_token_of_its_own(ana):
    assert len({enter(), enter(), enter()}) == 3


def test_wrong_unknown_shut_out_and_passwordless_are_told_the_same(ana, cast):
    assert refusal(password="another fine sentence") == {"password": sign_in.REFUSED}
    assert refusal(email="nobody@desk.example") == {"password": sign_in.REFUSED}
    assert refusal(email="no email at all") == {"password": sign_in.REFUSED}
    assert refusal(email="author@desk\0.example") == {"password": sign_in.REFUSED}
    assert refusal(email="reader@desk.example") == {"password": sign_in.REFUSED}
    with transaction():
        ana.active = False
    assert refusal() == {"password": sign_in.REFUSED}
    assert db.session.scalars(sa.select(SignIn)).all() == []


@sqlite_is_enough
def test_a_refusal_is_in_the_audit_log_without_what_was_typed(ana):
    refusal(password="another fine sentence")
    refusal(email="my password, in the wrong field")
    assert events() == [("sign-in refused", None, ana.public_id), ("sign-in refused", None, None)]


@sqlite_is_enough
def test_five_wrong_passwords_close_the_door_to_the_right_one_too(ana):
    for _ in range(5):
        refusal(password="another fine sentence")
    with pytest.raises(Throttled):
        enter()
    assert user_of(enter(address="192.0.2.8")) is ana


@sqlite_is_enough
def test_the_right_password_takes_the_wrong_ones_back(ana):
    for _ in range(3):
        for _ in range(4):
            refusal(password="another fine sentence")
        enter()


@sqlite_is_enough
def test_a_hash_with_old_parameters_is_renewed_at_the_next_sign_in(app, ana):
    old = ana.password_hash
    app.config["ARGON2"] = CHEAP | {"time_cost": 2}
    enter()
    assert ana.password_hash != old
    assert passwords.is_outdated(ana.password_hash) is False
    enter()


def test_what_a_browser_calls_itself_is_cut_and_cleaned(ana):
    sign_in.start(ana, user_agent="a\0b\nc\ud800" + "x" * 300)
    assert db.session.scalars(sa.select(SignIn.user_agent)).one() == "abc" + "x" * 197


@sqlite_is_enough
def test_signing_out_ends_this_session_and_no_other(ana):
    mine, other = enter(), enter()
    sign_in.end(mine)
    assert user_of(mine) is None
    assert user_of(other) is ana
    assert [verb for verb, _, _ in events()] == ["sign-in", "sign-in", "sign-out"]


@sqlite_is_enough
def test_signing_out_twice_is_once(ana):
    token = enter()
    sign_in.end(token)
    sign_in.end(token)
    sign_in.end("never was one")
    assert [verb for verb, _, _ in events()] == ["sign-in", "sign-out"]


@sqlite_is_enough
def test_one_session_is_ended_by_whoever_it_belongs_to(ana, cast):
    token = enter()
    number = db.session.scalars(sa.select(SignIn.id)).one()
    with pytest.raises(Missing):
        sign_in.end_one(number, by=cast.admin)
    with pytest.raises(Missing):
        sign_in.end_one(number + 1, by=ana)
    assert user_of(token) is ana
    sign_in.end_one(number, by=ana)
    assert user_of(token) is None


def test_all_sessions_of_a_person_end_but_for_the_one_named(ana, cast):
    mine, other = enter(), enter()
    somebody_elses = sign_in.start(cast.editor, user_agent="")
    sign_in.end_all(ana, except_token=mine)
    assert [user_of(token) for token in (mine, other, somebody_elses)] == [ana, None, cast.editor]
    sign_in.end_all(ana)
    assert [user_of(token) for token in (mine, somebody_elses)] == [None, cast.editor]


@sqlite_is_enough
def test_being_seen_is_noted_every_five_minutes_at_most(ana):
    token = enter()
    row = db.session.scalars(sa.select(SignIn)).one()
    for minutes, noted in ((4, False), (6, True)):
        before = clock.now() - timedelta(minutes=minutes)
        with transaction():
            row.last_seen_at = before
        sign_in.touch(user_of(token))
        db.session.refresh(row)
        assert (row.last_seen_at > before) is noted


def test_sessions_that_ran_out_are_cleared_away_by_the_next_sign_in(ana):
    old, idle, kept = enter(), enter(), enter()
    with transaction() as session:
        for row in session.scalars(sa.select(SignIn)):
            if row.token_sha256 == token_sha256(old):
                row.created_at -= timedelta(days=14)
            if row.token_sha256 == token_sha256(idle):
                row.last_seen_at -= timedelta(days=3)
    new = enter()
    left = set(db.session.scalars(sa.select(SignIn.token_sha256)))
    assert left == {token_sha256(kept), token_sha256(new)}
