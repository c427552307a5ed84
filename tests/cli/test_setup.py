"""`stet setup`."""

import pytest

from webapp.cli.setup import setup
from webapp.models import User
from webapp.operations import passwords

pytestmark = pytest.mark.only("sqlite", "operations are tested on both")

ADA = ("--email", "ada@desk.example", "--name", "Ada", "--password-stdin")
PASSWORD = "a fine long sentence"


@pytest.fixture
def stet(app):
    """Return a function: `stet()` runs `stet setup` and gives (exit code, standard output, standard error)."""

    def stet(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        result = app.test_cli_runner().invoke(setup, arguments, input=typed)
        return result.exit_code, result.stdout, result.stderr

    return stet


def test_a_script_makes_the_first_administrator(stet):
    assert stet(*ADA, typed=f"{PASSWORD}\n") == (0, "Ada is the administrator and signs in as ada@desk.example.\n", "")
    user = User.with_email("ada@desk.example")
    assert user.role == "admin"
    assert passwords.matches(user.password_hash, PASSWORD) is True


def test_a_person_is_asked(stet):
    code, output, _ = stet(typed=f"Ada\nada@desk.example\n{PASSWORD}\n{PASSWORD}\n")
    assert code == 0
    assert output.splitlines()[-1] == "Ada is the administrator and signs in as ada@desk.example."
    assert PASSWORD not in output


def test_there_is_only_one_first_administrator(stet):
    stet(*ADA, typed=PASSWORD)
    second = ("--email", "eve@desk.example", "--name", "Eve", "--password-stdin")
    assert stet(*second, typed=PASSWORD) == (1, "", "Error: This desk has its administrator already.\n")
    assert User.with_email("eve@desk.example") is None


def test_what_cannot_be_is_said_and_nobody_is_made(stet):
    sentence = "Error: A password has at least 12 characters; a sentence makes a good one.\n"
    assert stet(*ADA, typed="short") == (1, "", sentence)
    assert User.with_email("ada@desk.example") is None


def test_wrong_usage_is_2(stet):
    assert stet("--password", PASSWORD)[0] == 2
