"""`stet doctor`: one line for each thing looked at, and an exit code."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from webapp import create_app
from webapp.cli import doctor
from webapp.config import Config
from webapp.database import db
from webapp.history.doctor import State

KEY = "0123456789abcdef" * 4
GIB = 1024**3


def run(app: Flask, *arguments: str) -> Result:
    db.session.remove()
    return app.test_cli_runner().invoke(args=["doctor", *arguments])


def test_something_bad_ends_with_1_and_is_named(database_url, tmp_path):
    app = create_app(Config(data=tmp_path, database_url=database_url, secret_key="for tests only"))

    plain, machine = run_inside(app), run_inside(app, "--json")

    line = "bad      SECRET_KEY: 14 characters can be guessed: take 32 random ones, or leave SECRET_KEY out"
    assert (plain.exit_code, [line for line in plain.stdout.splitlines() if line.startswith("bad")]) == (1, [line])
    facts = json.loads(machine.stdout)
    assert (machine.exit_code, facts["ok"]) == (1, False)
    assert [finding["check"] for finding in facts["findings"] if finding["state"] == "bad"] == ["SECRET_KEY"]


def test_a_desk_on_which_nothing_is_bad_ends_with_0(database_url, tmp_path):
    app = create_app(Config(data=tmp_path, database_url=database_url, secret_key=KEY))

    plain, machine = run_inside(app), run_inside(app, "--json")

    facts = json.loads(machine.stdout)
    assert (plain.exit_code, machine.exit_code, facts["ok"]) == (0, 0, True)
    assert {finding["state"] for finding in facts["findings"]} <= {"ok", "warning"}
    assert plain.stdout.splitlines() == [
        f"{finding['state']:<8} {finding['check']}: {finding['says']}" for finding in facts["findings"]
    ]
    assert f"ok       SECRET_KEY: {len(KEY)} characters" in plain.stdout


def run_inside(app: Flask, *arguments: str) -> Result:
    with app.app_context():
        answer = run(app, *arguments)
        db.session.remove()
        db.engine.dispose()
    return answer


def test_it_looks_at_the_same_things_on_both_but_at_the_file_of_sqlite(app, backend):
    checks = [finding["check"] for finding in json.loads(run(app, "--json").stdout)["findings"]]

    sqlite = ["SQLite library", "SQLite journal", "SQLite synchronous"] if backend == "sqlite" else []
    file = ["database file"] if backend == "sqlite" else []
    assert checks == [
        *("database", "migrations", *sqlite, "administrator"),
        *("data folder", *file, "SECRET_KEY", "TRUSTED_HOSTS", "disk"),
    ]


@pytest.mark.only("sqlite", "files")
def test_keys_that_others_can_read_are_bad(app, tmp_path):
    tmp_path.chmod(0o755)
    for name in ("secret_key", "signing_key"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o604)

    found = json.loads(run(app, "--json").stdout)["findings"]

    assert {finding["check"] for finding in found if finding["state"] == "bad"} >= {
        "secret key file",
        "signing key file",
    }


@pytest.mark.parametrize(
    ("of_folder", "of_file", "state"),
    [
        (0o700, 0o644, State.OK),
        (0o755, 0o600, State.OK),
        (0o755, 0o644, State.BAD),
        (0o750, 0o640, State.BAD),
        (0o711, 0o604, State.BAD),
    ],
)
def test_a_file_is_private_by_its_own_mode_or_its_folders(tmp_path: Path, of_folder, of_file, state):
    file = tmp_path / "file"
    file.touch()
    file.chmod(of_file)
    tmp_path.chmod(of_folder)

    assert doctor.private("a file", file).state is state


@pytest.mark.parametrize(("mode", "state"), [(0o700, State.OK), (0o750, State.WARNING), (0o701, State.WARNING)])
def test_the_data_folder_is_its_owners_alone(tmp_path, mode, state):
    tmp_path.chmod(mode)

    assert doctor.folder(tmp_path).state is state


@pytest.mark.parametrize(("length", "state"), [(0, State.BAD), (31, State.BAD), (32, State.OK), (64, State.OK)])
def test_a_short_secret_key_is_bad(length, state):
    assert doctor.secret_key("k" * length).state is state


@pytest.mark.parametrize(
    ("host", "trusted", "state"),
    [
        ("127.0.0.1", (), State.OK),
        ("127.8.8.8", (), State.OK),
        ("::1", (), State.OK),
        ("localhost", (), State.OK),
        ("0.0.0.0", (), State.WARNING),
        ("::", (), State.WARNING),
        ("desk.example", (), State.WARNING),
        ("0.0.0.0", ("desk.example",), State.OK),
    ],
)
def test_a_server_that_others_reach_must_know_its_names(host, trusted, state):
    assert doctor.hosts(host, trusted).state is state


@pytest.mark.parametrize(
    ("free_bytes", "state", "says"),
    [
        (40 * GIB, State.OK, "40.0 GiB free"),
        (GIB, State.OK, "1.0 GiB free"),
        (GIB // 2, State.WARNING, "0.5 GiB free"),
        (0, State.BAD, "0.0 GiB free"),
    ],
)
def test_a_disk_that_fills_up_is_named(free_bytes, state, says):
    found = doctor.disk(free_bytes)

    assert (found.state, found.says) == (state, says)
