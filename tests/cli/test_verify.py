"""`stet verify`: what it says, and with which exit code it ends."""

import json

import pytest
from click.testing import Result
from flask import Flask

from webapp import create_app
from webapp.config import Config
from webapp.database import db
from webapp.operations import erase


def run(app: Flask, *arguments: str) -> Result:
    db.session.remove()
    return app.test_cli_runner().invoke(args=["verify", *arguments])


def test_a_history_that_holds_ends_with_0(app, write):
    write("one", "two")
    write("three")

    plain, machine = run(app), run(app, "--json")

    assert (plain.exit_code, plain.stdout) == (0, "All of it holds: 3 revisions of 2 posts.\n")
    assert (machine.exit_code, json.loads(machine.stdout)) == (0, {"ok": True, "posts": 2, "revisions": 3})


def test_an_empty_desk_holds(app):
    assert (run(app, "--json").stdout, run(app).exit_code) == ('{"ok": true, "posts": 0, "revisions": 0}\n', 0)


def test_an_erased_history_holds(app, write, cast):
    erase.revisions(write("one", "two"), [0], reason="asked for", by=cast.admin)

    assert run(app).exit_code == 0


def test_a_history_that_does_not_hold_ends_with_3_and_names_the_first_bad_revision(app, write, tamper):
    write("one")
    write("one", "two", "three")
    tamper("UPDATE post_version SET title = 'Another' WHERE id = 2 AND revision = 1")

    plain, machine = run(app), run(app, "--json")

    what = "its title, tags, note or text were changed"
    assert (plain.exit_code, plain.stdout) == (3, f"Revision 1 of post 2 does not hold: {what}.\n")
    assert machine.exit_code == 3
    assert json.loads(machine.stdout) == {
        "ok": False,
        "posts": 2,
        "revisions": 2,
        "first_bad": {"post": 2, "revision": 1, "what": what},
    }


def test_progress_is_told_on_standard_error_in_tenths(app, write):
    write(*(f"text {number}" for number in range(20)))

    assert run(app).stderr.splitlines() == [f"Verifying: {done} of 20" for done in range(2, 21, 2)]


def test_wrong_usage_ends_with_2(app):
    assert run(app, "--nonsense").exit_code == 2


@pytest.mark.parametrize("arguments", [["verify", "--json"], ["history", "stats", "--json"]])
def test_a_database_without_tables_is_an_empty_desk(tmp_path, arguments):
    app = create_app(Config(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'new.sqlite3'}", secret_key="test"))

    answer = app.test_cli_runner().invoke(args=arguments)

    assert (answer.exit_code, json.loads(answer.stdout)["revisions"]) == (0, 0)
    with app.app_context():
        db.engine.dispose()
