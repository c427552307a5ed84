"""`stet backup` and `stet restore-backup`: what they say, and with which exit codes they end."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from webapp import create_app
from webapp.cli.backup import NOT_IN_IT, facts, sentence
from webapp.config import Config
from webapp.database import db
from webapp.operations.backup import Backup, Checked

pytestmark = pytest.mark.only("sqlite", "what the commands say does not depend on the database")


def run(app: Flask, *arguments: str | Path) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=list(map(str, arguments)))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Flask:
    """A desk in a folder where there is nothing."""
    file = tmp_path / "elsewhere.sqlite3"
    app = create_app(Config(data=tmp_path, database_url=f"sqlite:///{file}", secret_key="for tests only"))
    app.config["TESTING"] = True
    return app


def test_a_backup_says_what_it_holds_and_how_it_was_checked(app, write, tmp_path):
    write("one", "two")
    file = tmp_path / "desk.bak"

    made = run(app, "backup", file)

    size = file.stat().st_size
    assert (made.exit_code, made.stdout) == (
        0,
        f"{file} holds 2 revisions of 1 post ({size / 1e6:.1f} MB). The copy was opened and verified.\n",
    )
    assert made.stderr.splitlines()[-3:] == ["Verifying: 1 of 2", "Verifying: 2 of 2", NOT_IN_IT]


def test_the_machine_gets_the_same(app, write, tmp_path, elsewhere):
    write("one", "two")
    file = tmp_path / "desk.bak"

    made = run(app, "backup", file, "--json")
    back = run(elsewhere, "restore-backup", file, "--json")

    holds = {"posts": 1, "revisions": 2}
    told = {"ok": True, "file": str(file), "bytes": file.stat().st_size, "checked": "opened and verified", **holds}
    assert (made.exit_code, json.loads(made.stdout)) == (0, told)
    assert (back.exit_code, json.loads(back.stdout)) == (0, {"ok": True, **holds})


def test_what_comes_back_is_said(app, write, tmp_path, elsewhere):
    write("one", "two")
    run(app, "backup", tmp_path / "desk.bak")

    back = run(elsewhere, "restore-backup", tmp_path / "desk.bak")

    says = "The desk is back, with 2 revisions of 1 post. Everybody has to sign in again.\n"
    assert (back.exit_code, back.stdout) == (0, says)


def test_a_copy_that_does_not_verify_ends_with_3(app, write, tamper, tmp_path, elsewhere):
    write("one", "two")
    tamper("UPDATE post_version SET title = 'forged' WHERE revision = 0")
    doubtful = tmp_path / "desk.bak.doubtful"

    made = run(app, "backup", tmp_path / "desk.bak")
    machine = run(app, "backup", tmp_path / "desk.bak", "--json")
    back = run(elsewhere, "restore-backup", doubtful)

    bad = "Revision 0 of post 1 does not hold: its title, tags, note or text were changed."
    assert (made.exit_code, made.stdout.splitlines()[1:]) == (3, [bad])
    assert machine.exit_code == 3
    assert json.loads(machine.stdout)["first_bad"] == {
        "post": 1,
        "revision": 0,
        "what": "its title, tags, note or text were changed",
    }
    assert (back.exit_code, back.stdout.splitlines()[1:]) == (3, [bad])
    assert [path.name for path in tmp_path.glob("desk.bak*")] == ["desk.bak.doubtful"]


def test_a_copy_that_could_only_be_read_is_said_to_be_no_more_than_that():
    made = Backup(Path("desk.bak"), 1_250_000, Checked.READ, None)

    says = "read to its end, but not restored: the database's user may not make a scratch database"
    counts = {"posts": None, "revisions": None}
    assert sentence(made) == f"desk.bak holds the desk (1.2 MB). The copy was {says}."
    assert facts(made) == {"ok": True, "file": "desk.bak", "bytes": 1_250_000, "checked": says, **counts}


def test_a_refusal_ends_with_1(app, write, tmp_path):
    write("one")
    file = tmp_path / "desk.bak"
    run(app, "backup", file)

    again = run(app, "backup", file)

    says = f"Error: {file} is there already: name another file, or replace it with --force.\n"
    assert (again.exit_code, again.stdout, again.stderr) == (1, "", says)
    assert run(app, "backup", file, "--force").exit_code == 0
    assert run(app, "restore-backup", file).exit_code == 1
    assert run(app, "backup", tmp_path / "no" / "folder").exit_code == 1
    assert db.session.scalar(sa.text("SELECT count(*) FROM post")) == 1


@pytest.mark.parametrize("arguments", [["backup"], ["restore-backup"], ["backup", "."], ["backup", "x", "--nonsense"]])
def test_wrong_usage_ends_with_2(app, arguments):
    assert run(app, *arguments).exit_code == 2
