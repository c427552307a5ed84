"""Guessing is slowed down: per account and address, per account, per address, by all processes together."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction
from webapp.errors import Throttled
from webapp.models import LoginAttempt
from webapp.operations import throttle

sqlite_is_enough = pytest.mark.only("sqlite", "these statements are the same on both")

HERE = "192.0.2.7"


def attempts(number: int, account: str = "ana@desk.example", address: str = HERE) -> None:
    for _ in range(number):
        throttle.count(account, address=address)


def minutes_pass(minutes: float) -> None:
    """Move every attempt back in time."""
    with transaction() as session:
        for row in session.scalars(sa.select(LoginAttempt)):
            row.at -= timedelta(minutes=minutes)


def test_five_attempts_on_an_account_from_one_address_are_heard_and_the_sixth_is_not(app):
    attempts(5)
    with pytest.raises(Throttled) as refused:
        attempts(1)
    assert str(refused.value) == "Too many attempts. Try again in 15 minutes."
    assert 14 * 60 < refused.value.wait_seconds <= 15 * 60
    attempts(1, account="otto@desk.example")
    attempts(1, address="192.0.2.8")


@sqlite_is_enough
def test_a_refused_attempt_is_not_counted_so_that_waiting_helps(app):
    attempts(5)
    for _ in range(3):
        with pytest.raises(Throttled):
            attempts(1)
    minutes_pass(15)
    attempts(5)


@sqlite_is_enough
def test_an_account_is_known_in_any_case_of_letters_and_with_stray_spaces(app):
    attempts(3)
    attempts(2, account=" ANA@desk.example ")
    with pytest.raises(Throttled):
        attempts(1)


@sqlite_is_enough
def test_twenty_attempts_on_an_account_in_an_hour_are_heard_from_wherever_they_come(app):
    for host in range(20):
        attempts(1, address=f"192.0.2.{host}")
    with pytest.raises(Throttled) as refused:
        attempts(1, address="198.51.100.1")
    assert 59 * 60 < refused.value.wait_seconds <= 60 * 60
    attempts(1, account="otto@desk.example", address="198.51.100.1")


@sqlite_is_enough
def test_fifty_attempts_from_an_address_in_an_hour_are_heard_whatever_they_are_on(app):
    for person in range(50):
        attempts(1, account=f"p{person}@desk.example")
    with pytest.raises(Throttled):
        attempts(1, account="one-more@desk.example")
    attempts(1, account="one-more@desk.example", address="192.0.2.8")


@sqlite_is_enough
@pytest.mark.parametrize(
    ("first", "second"), [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("192.0.2.7", "::ffff:192.0.2.7")]
)
def test_the_addresses_of_one_household_are_one(app, first, second):
    attempts(5, address=first)
    with pytest.raises(Throttled):
        attempts(1, address=second)


@sqlite_is_enough
def test_neighbours_are_two_and_no_address_is_one_too(app):
    attempts(5, address="2001:db8:1:2::1")
    attempts(5, address="2001:db8:1:3::1")
    attempts(5, address="")
    with pytest.raises(Throttled):
        attempts(1, address="")


@sqlite_is_enough
def test_success_clears_the_account_at_that_address_and_nothing_else(app):
    attempts(4)
    attempts(4, address="192.0.2.8")
    attempts(4, account="otto@desk.example")
    throttle.forgive(" Ana@desk.example", address=HERE)
    attempts(5)
    for account, address in (("ana@desk.example", "192.0.2.8"), ("otto@desk.example", HERE)):
        attempts(1, account=account, address=address)
        with pytest.raises(Throttled):
            attempts(1, account=account, address=address)


@sqlite_is_enough
def test_rows_older_than_any_limit_are_removed_when_one_is_added(app):
    attempts(5)
    minutes_pass(61)
    attempts(1)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LoginAttempt)) == 1


@sqlite_is_enough
def test_what_was_typed_is_not_kept(app):
    attempts(1, account="my password, in the wrong field")
    row = db.session.scalars(sa.select(LoginAttempt)).one()
    assert (len(row.account_sha256), row.address) == (32, HERE)
    assert row.at <= clock.now()


def test_attempts_made_at_the_same_moment_do_not_all_find_room(app):
    heard = []

    def guess() -> None:
        with app.app_context():
            try:
                throttle.count("ana@desk.example", address=HERE)
                heard.append(True)
            except Throttled:
                heard.append(False)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == [False] * 7 + [True] * 5
