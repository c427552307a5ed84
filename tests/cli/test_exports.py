"""`stet export …`."""

import json

import pytest

from webapp.cli.exports import exports
from webapp.operations import erase

pytestmark = pytest.mark.only("sqlite", "operations are tested on both")


@pytest.fixture
def stet(app):
    """Return a function: `stet("git", "desk")` runs `stet export git desk` and gives (exit code, output, error)."""

    def stet(*arguments: object) -> tuple[int, str, str]:
        result = app.test_cli_runner().invoke(exports, [str(argument) for argument in arguments])
        return result.exit_code, result.stdout, result.stderr

    return stet


def test_an_export_says_what_is_in_it_and_what_is_not(stet, write, cast, tmp_path):
    erase.revisions(write("one", "two", "three"), [1], reason="private", by=cast.admin)

    code, output, error = stet("git", tmp_path / "desk")

    assert (code, output.splitlines()) == (
        0,
        [
            f"{tmp_path}/desk has the history of the desk. Posts: 1, revisions: 2",
            "  left out: revision 1 of post 1, whose text was erased",
        ],
    )
    assert error.splitlines()[-1] == "Exporting: 3 of 3"


def test_a_script_gets_the_facts_as_json(stet, write, cast, tmp_path):
    erase.revisions(write("one", "two"), [0], reason="private", by=cast.admin)

    code, output, _ = stet("git", tmp_path / "desk", "--json")

    assert (code, json.loads(output)) == (
        0,
        {
            "folder": f"{tmp_path}/desk",
            "posts": 1,
            "revisions": 1,
            "left": [{"post": 1, "revision": 0, "what": "erased"}],
            "in_trash": 0,
        },
    )


def test_a_folder_that_is_not_empty_fails_with_1(stet, write, tmp_path):
    write("one")
    (tmp_path / "something").touch()
    assert stet("git", tmp_path) == (
        1,
        "",
        f"Error: {tmp_path} is not empty: name a folder that does not exist yet.\n",
    )
