"""Hashing: argon2id, the same work for nobody's password, never in a transaction."""

import pytest

from webapp.database import transaction
from webapp.operations import passwords

pytestmark = pytest.mark.only("sqlite", "no table is touched")

CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


@pytest.fixture(autouse=True)
def cheap(app):
    app.config["ARGON2"] = CHEAP


def test_a_hash_is_argon2id_with_the_parameters_of_rfc_9106_for_little_memory(app):
    del app.config["ARGON2"]
    kept = passwords.hash_of("a fine long sentence")
    assert kept.rsplit("$", 2)[0] == "$argon2id$v=19$m=65536,t=3,p=4"
    assert passwords.matches(kept, "a fine long sentence") is True
    assert passwords.is_outdated(kept) is False


def test_the_same_password_never_has_the_same_hash_twice():
    assert passwords.hash_of("a fine long sentence") != passwords.hash_of("a fine long sentence")


@pytest.mark.parametrize("password", ["", "a fine long sentenc", "A fine long sentence", "a fine long sentence "])
def test_another_password_does_not_match(password):
    assert passwords.matches(passwords.hash_of("a fine long sentence"), password) is False


@pytest.mark.parametrize("password", ["пароль из слов", "with \0 inside it", "🐢" * 1024])
def test_a_password_counts_to_its_last_byte(password):
    kept = passwords.hash_of(password)
    assert passwords.matches(kept, password) is True
    assert passwords.matches(kept, password[:-1]) is False


def test_nobody_has_no_password():
    assert passwords.matches(None, "a fine long sentence") is False
    assert passwords.matches("", "") is False


def test_checking_nobodys_password_costs_what_checking_anybodys_does():
    hasher = passwords._hasher()
    kept, nobodys = passwords.hash_of("a fine long sentence"), passwords._nobodys(hasher)
    assert nobodys.rsplit("$", 2)[0] == kept.rsplit("$", 2)[0]
    assert [len(part) for part in nobodys.split("$")] == [len(part) for part in kept.split("$")]


def test_a_hash_that_is_damaged_matches_nothing():
    assert passwords.matches("$argon2id$v=19$m=8,t=1,p=1$nonsense", "a fine long sentence") is False
    assert passwords.matches("plain text", "plain text") is False


def test_too_long_a_password_and_half_a_character_are_not_even_hashed():
    kept = passwords.hash_of("a fine long sentence")
    assert passwords.matches(kept, "x" * 4097) is False
    assert passwords.matches(kept, "half \ud800") is False


def test_a_hash_with_other_parameters_is_outdated(app):
    kept = passwords.hash_of("a fine long sentence")
    app.config["ARGON2"] = CHEAP | {"time_cost": 2}
    assert passwords.is_outdated(kept) is True
    assert passwords.matches(kept, "a fine long sentence") is True


def test_hashing_inside_a_transaction_is_a_mistake():
    for hashing in (lambda: passwords.hash_of("x"), lambda: passwords.matches(None, "x")):
        with pytest.raises(RuntimeError, match="before the transaction"), transaction():
            hashing()
