"""`stet checkpoint`: what it says, and with which exit code it ends."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from webapp.database import db
from webapp.models import OPERATOR, Post
from webapp.operations import erase
from webapp.pure import checkpoint as notes


def run(app: Flask, *arguments: str) -> Result:
    db.session.remove()
    return app.test_cli_runner().invoke(args=["checkpoint", *arguments])


def keep(app: Flask, folder: Path) -> str:
    """Take a checkpoint as `stet checkpoint >FILE` does, and return the file's name."""
    file = folder / "kept.txt"
    file.write_bytes(run(app).stdout_bytes)
    return str(file)


def test_the_note_is_all_of_standard_output_and_verifies_with_the_public_key(app, write):
    write("a", "b")

    answer, key = run(app), run(app, "--public-key").stdout

    name, public_key = notes.read_public(key)
    assert answer.exit_code == 0
    assert notes.verify(answer.stdout, name=name, public_key=public_key).size == 2
    assert answer.stderr.splitlines() == ["Reading: 1 of 2", "Reading: 2 of 2"]


def test_the_machine_gets_the_same(app, write):
    write("a", "b")
    note, key = run(app).stdout, run(app, "--public-key").stdout.strip()

    facts = json.loads(run(app, "--json").stdout)

    root = notes.verify(note, name=facts["origin"], public_key=notes.read_public(key)[1]).root
    assert facts == {"origin": key.split("+")[0], "revisions": 2, "root": root.hex(), "note": note}
    assert json.loads(run(app, "--public-key", "--json").stdout) == {"public_key": key}


def test_a_history_that_grew_and_was_erased_from_still_contains_what_was_signed(app, write, tmp_path):
    write("a", "b", "c")
    file = keep(app, tmp_path)
    write("d")
    erase.revisions(Post.get(1), [1], reason="asked for", by=OPERATOR)

    plain, machine = run(app, "--check", file), run(app, "--check", file, "--json")

    says = "The history still contains what was signed"
    assert (plain.exit_code, plain.stdout) == (0, f"{says}.\n")
    assert (machine.exit_code, json.loads(machine.stdout)) == (0, {"ok": True, "revisions": 3, "says": says})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "UPDATE post_version SET digest = commitment WHERE revision = 1",
            "The history was rewritten: its first 3 revisions are not those that were signed",
        ),
        (
            "DELETE FROM post_version WHERE revision = 2",
            "The history was cut off: 3 revisions were signed, and only 2 are there",
        ),
    ],
)
def test_a_history_that_was_rewritten_or_cut_off_ends_with_3(app, write, tamper, tmp_path, change, says):
    write("a", "b", "c")
    file = keep(app, tmp_path)
    tamper(change)

    plain, machine = run(app, "--check", file), run(app, "--check", file, "--json")

    assert (plain.exit_code, plain.stdout) == (3, f"{says}.\n")
    assert (machine.exit_code, json.loads(machine.stdout)) == (3, {"ok": False, "revisions": 3, "says": says})


@pytest.mark.parametrize("note", [b"", b"scribbles\n", b"\xff\xfe\x00"])
def test_what_this_desk_did_not_sign_ends_with_3(app, write, tmp_path, note):
    write("a")
    file = tmp_path / "kept.txt"
    file.write_bytes(note)
    run(app)

    answer = run(app, "--check", str(file))

    assert (answer.exit_code, answer.stdout) == (
        3,
        "The note was not signed by this desk: This is not a signed note.\n",
    )


@pytest.mark.only("sqlite", "decided before the database is asked")
def test_a_broken_key_is_a_refusal_in_a_sentence(app, tmp_path):
    (tmp_path / "signing_key").write_text("scribbles")

    answer = run(app)

    says = f"Error: {tmp_path / 'signing_key'} is not a signing key of Stet. Put the right one back.\n"
    assert (answer.exit_code, answer.stdout, answer.stderr) == (1, "", says)


@pytest.mark.only("sqlite", "decided before the database is asked")
@pytest.mark.parametrize("arguments", [["--check", "/nowhere"], ["--public-key", "--check", "-"], ["--nonsense"]])
def test_wrong_usage_ends_with_2(app, arguments):
    assert run(app, *arguments).exit_code == 2
