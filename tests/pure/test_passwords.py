"""What a password must be."""

import pytest

from webapp.errors import Invalid
from webapp.pure import passwords

ANA = {"name": "Ana Ruiz", "email": "aruiz@desk.example"}


def refusal(password: str, **who: str) -> str:
    with pytest.raises(Invalid) as refused:
        passwords.check(password, **ANA | who)
    assert list(refused.value.fields) == ["password"]
    return str(refused.value)


COMMON = "Too many people use this password. Choose another."


@pytest.mark.parametrize(
    "password",
    [
        "twelve chars",
        "only lowercase letters are fine",
        "98127340916523",
        "пароль из слов и пробелов",
        "🐢🦊🐙🌵🍋🎲🧵🪁🎻🧭🪐🫖",
        "a line\nbreak and a NUL \0 inside",
        "x" * 40 + "y" * 4056,
        "password of my grandmother's bank",
        " spaces at both ends ",
    ],
)
def test_anything_long_enough_that_others_do_not_use_is_a_password(password):
    passwords.check(password, **ANA)


@pytest.mark.parametrize("password", ["", "eleven char", "🐢" * 3])
def test_eleven_characters_are_too_few(password):
    assert refusal(password) == "A password has at least 12 characters; a sentence makes a good one."


def test_the_most_bytes_are_counted_in_utf_8():
    passwords.check("ab" * 10 + "é" * 2038, **ANA)
    assert refusal("ab" * 10 + "é" * 2039) == "A password has at most 4,096 bytes of text."


def test_half_a_character_cannot_be_hashed_and_is_refused():
    assert refusal("from a terminal \udce9") == "A password has at most 4,096 bytes of text."


@pytest.mark.parametrize(
    "password",
    ["1q2w3e4r5t6y", "qwertyuiop123", "Password2026!", "PASSWORD1234", "letmein 2024!!", "welcome_1234567"],
)
def test_a_password_that_many_use_is_refused_whatever_its_letters_and_its_tail(password):
    assert refusal(password) == COMMON


@pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "abcabcabcabc", "xY1!xY1!xY1!", "lalalalalalalala"])
def test_a_few_characters_repeated_are_refused(password):
    assert refusal(password) == "A few characters over and over are easily guessed. Choose another password."


@pytest.mark.parametrize(
    ("password", "part"),
    [
        ("the RUIZ family dog", "ruiz"),
        ("my anaruiz forever", "ruiz"),
        ("welcome to Stet today", "stet"),
        ("who is aruiz, they ask", "ruiz"),
    ],
)
def test_a_password_must_not_hold_what_others_know(password, part):
    sentence = f"A password must not contain “{part}”, which others know of you or of this site."
    assert refusal(password) == sentence


def test_the_first_part_of_the_email_counts_and_its_domain_does_not():
    assert refusal("write to zebra77 now", email="Zebra77@desk.example") == (
        "A password must not contain “zebra77”, which others know of you or of this site."
    )
    passwords.check("desk.example is long", name="Zoe", email="zebra77@desk.example")


def test_short_names_are_in_too_many_words_to_be_refused():
    passwords.check("banana analogies", name="Ana Li", email="al@desk.example")


def test_the_bundled_list_is_folded_sorted_and_small():
    lines = passwords._COMMON.read_text().splitlines()
    assert lines == sorted({line.casefold() for line in lines})
    assert len(lines) < 500
