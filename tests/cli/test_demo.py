"""`stet demo`."""

import re

import pytest

from tests.repositories import MadeRepository
from webapp.cli.demo import demo
from webapp.models import Post, User
from webapp.operations import demo as showing
from webapp.operations import passwords

pytestmark = pytest.mark.only("sqlite", "operations are tested on both")


@pytest.fixture
def stet(app):
    """Return a function that runs `stet demo` and gives (exit code, standard output, error)."""
    app.config["ARGON2"] = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}

    def stet(*arguments: str) -> tuple[int, str, str]:
        result = app.test_cli_runner().invoke(demo, arguments)
        return result.exit_code, result.stdout, result.stderr

    return stet


def test_the_demo_prints_the_passwords_and_brings_the_documents_of_the_checkout(stet, tmp_path, monkeypatch):
    made = MadeRepository(tmp_path / "checkout")
    made.commit("begin", README="# Stet")
    made.commit("go on", README="# Stet\n\nmore")
    monkeypatch.setattr(showing, "PROJECT", made.folder)

    code, output, _ = stet()

    lines = output.splitlines()
    found = [re.fullmatch(r"  (\w+) +(\S+) +(\S{19})  \((.+)\)", line).groups() for line in lines[1:4]]
    assert (code, [role for role, *_ in found]) == (0, ["author", "editor", "admin"])
    assert [passwords.matches(User.with_email(email).password_hash, word) for _, email, word, _ in found] == [True] * 3
    assert lines[4:] == [
        "Post 1: “Remarks at Gettysburg”, revisions: 5",
        "Post 2: “Stet”, from git, revisions: 2",
    ]
    assert [version.body for version in Post.get(2).versions] == ["# Stet", "# Stet\n\nmore"]


def test_outside_of_a_checkout_the_documents_are_left_out_and_it_says_so(stet, tmp_path, monkeypatch):
    monkeypatch.setattr(showing, "PROJECT", tmp_path)
    code, output, _ = stet()
    assert (code, output.splitlines()[-1]) == (
        0,
        "The project's own documents are left out: this is not a checkout of the project",
    )


def test_a_desk_that_is_not_empty_fails_with_1_or_is_left_alone_when_asked(stet, write):
    write("one")
    assert stet() == (1, "", "Error: This desk is not empty: the demo is only for a new one.\n")
    assert stet("--if-empty") == (0, "", "")
