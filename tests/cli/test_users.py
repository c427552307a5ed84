"""`stet users …`."""

import json

import pytest

from webapp.cli.users import users
from webapp.database import transaction
from webapp.history.sign_in import user_of
from webapp.models import User
from webapp.operations import passwords, sign_in
from webapp.pure.roles import Role

pytestmark = pytest.mark.only("sqlite", "operations are tested on both")

NIA = ("--email", "New@desk.example", "--name", "Nia New", "--role", "author")


@pytest.fixture
def stet(app):
    """Return a function: `stet("list")` runs `stet users list` and gives (exit code, standard output, error)."""

    def stet(*arguments: str, typed: str | bytes | None = None) -> tuple[int, str, str]:
        result = app.test_cli_runner().invoke(users, arguments, input=typed)
        return result.exit_code, result.stdout, result.stderr

    return stet


def test_adding_a_person_whose_password_comes_from_a_script(stet):
    answer = stet("add", *NIA, "--password-stdin", typed="a fine long sentence\n")
    assert answer == (0, "Nia New is here now, as author.\n", "")
    user = User.with_email("new@desk.example")
    assert passwords.matches(user.password_hash, "a fine long sentence") is True


def test_the_first_person_may_be_an_administrator(stet):
    arguments = ("--email", "a@b", "--name", "Ada", "--role", "admin", "--password-stdin", "--json")
    code, output, _ = stet("add", *arguments, typed="a fine long sentence")
    user = User.with_email("a@b")
    assert (code, json.loads(output)) == (0, {"id": user.public_id, "email": "a@b", "name": "Ada", "role": "admin"})


def test_adding_a_person_without_a_password_says_what_comes_next(stet):
    assert stet("add", *NIA) == (
        0,
        "Nia New is here now, as author. They can sign in after `stet users password new@desk.example`.\n",
        "",
    )
    assert User.with_email("new@desk.example").password_hash is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("short\n", "Error: A password has at least 12 characters; a sentence makes a good one.\n"),
        ("", "Error: A password has at least 12 characters; a sentence makes a good one.\n"),
        (b"latin \xe9 in a password\n", "Error: The password on standard input is not UTF-8.\n"),
    ],
)
def test_a_password_that_cannot_be_fails_with_1_and_adds_nobody(stet, typed, sentence):
    assert stet("add", *NIA, "--password-stdin", typed=typed) == (1, "", sentence)
    assert User.with_email("new@desk.example") is None


def test_only_the_last_line_end_is_not_part_of_the_password(stet):
    stet("add", *NIA, "--password-stdin", typed=" two lines\nof password \r\n")
    assert passwords.matches(User.with_email("new@desk.example").password_hash, " two lines\nof password ") is True


@pytest.mark.parametrize(
    "arguments",
    [
        ("add",),
        ("add", "--email", "a@b", "--name", "Ada"),
        ("add", "--email", "a@b", "--name", "Ada", "--role", "owner"),
        ("role", "a@b", "owner"),
        ("role", "a@b"),
        ("password",),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_2(stet, arguments):
    assert stet(*arguments)[0] == 2


def test_an_email_that_is_taken_fails_with_1(stet, cast):
    arguments = ("--email", "editor@desk.example", "--name", "E", "--role", "reader")
    assert stet("add", *arguments) == (1, "", "Error: Somebody with this email is here already.\n")


def test_the_list_for_people(stet, cast):
    with transaction() as session:
        session.add(User(name="Aaron Imported", role=Role.AUTHOR, active=False, public_id="f" * 20))
    code, output, _ = stet("list")
    lines = output.splitlines()
    assert code == 0
    assert lines[0].split(maxsplit=4)[1:] == ["admin", "active", "admin@desk.example", "Ada Admin"]
    assert lines[-1] == f"{'f' * 20}  author  shut out  –                    Aaron Imported"
    assert len(lines) == 6


def test_the_list_for_programs(stet, cast):
    sign_in.start(cast.admin, user_agent="")
    code, output, _ = stet("list", "--json")
    people = json.loads(output)
    assert (code, len(people)) == (0, 5)
    assert people[0]["last_seen_at"].endswith("+00:00")
    assert people[1] == {
        "id": cast.author.public_id,
        "email": "author@desk.example",
        "name": "Ana Ruiz",
        "role": "author",
        "active": True,
        "last_seen_at": None,
    }


def test_the_list_of_an_empty_desk_is_empty(stet):
    assert stet("list") == (0, "", "")
    assert stet("list", "--json") == (0, "[]\n", "")


def test_changing_a_role_by_email_or_id(stet, cast):
    assert stet("role", "AUTHOR@desk.example", "editor") == (0, "Ana Ruiz is now editor.\n", "")
    assert cast.author.role == "editor"
    assert stet("role", cast.author.public_id, "reader") == (0, "Ana Ruiz is now reader.\n", "")
    assert cast.author.role == "reader"


def test_shutting_out_and_letting_in(stet, cast):
    token = sign_in.start(cast.author, user_agent="")
    assert stet("deactivate", "author@desk.example") == (0, "Ana Ruiz may not sign in any more.\n", "")
    assert (cast.author.active, user_of(token)) == (False, None)
    assert stet("activate", "author@desk.example") == (0, "Ana Ruiz may sign in.\n", "")
    assert (cast.author.active, user_of(token)) == (True, None)


def test_a_new_password_from_a_script_and_typed_twice(stet, cast):
    done = (0, "Ana Ruiz has a new password.\n", "")
    assert stet("password", "author@desk.example", "--password-stdin", typed="a fine long sentence") == done
    assert passwords.matches(cast.author.password_hash, "a fine long sentence") is True
    code, output, _ = stet("password", "author@desk.example", typed="another long sentence\n" * 2)
    assert (code, output.splitlines()[-1]) == (0, "Ana Ruiz has a new password.")
    assert "sentence" not in output
    assert passwords.matches(cast.author.password_hash, "another long sentence") is True


def test_the_only_administrator_stays(stet, cast):
    with transaction():
        cast.admin.password_hash = "any"
    sentence = "Error: Ada Admin is the only administrator. Make somebody else one first.\n"
    assert stet("deactivate", "admin@desk.example") == (1, "", sentence)
    assert stet("role", "admin@desk.example", "editor") == (1, "", sentence)
    assert (cast.admin.active, cast.admin.role) == (True, "admin")


@pytest.mark.parametrize(
    "command", [("role", "x@y", "editor"), ("password", "x@y"), ("activate", "x@y"), ("deactivate", "")]
)
def test_an_unknown_person_fails_with_1(stet, cast, command):
    assert stet(*command) == (1, "", "Error: Nobody here has this email or id.\n")
