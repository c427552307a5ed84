"""What holds for every command: a setting that is wrong or a database that is gone is one sentence, no traceback."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo

from tests import serving
from webapp import cli, create_app
from webapp.__main__ import main
from webapp.config import Config

GONE = "postgresql+psycopg://nobody:secret@127.0.0.1:1/nothing"
NEEDS = {
    "import git": [".", "README.md"],
    "export git": ["away"],
    "users add": ["--email", "a@b.example", "--name", "A", "--role", "reader"],
    "users role": ["a@b.example", "reader"],
    "users password": ["a@b.example", "--password-stdin"],
    "users deactivate": ["a@b.example"],
    "users activate": ["a@b.example"],
    "setup": ["--email", "a@b.example", "--name", "A", "--password-stdin"],
    "history prune": ["--policy", "after 30 days keep one a day"],
    "backup": ["desk.bak"],
    "restore-backup": ["desk.bak"],
}
"""What else a command wants to be told."""
OTHERWISE = {"doctor"}
"""It says what it finds, and that is all it found."""


def every_command() -> list[str]:
    names = []
    for command in cli.COMMANDS:
        inner = getattr(command, "commands", None)
        names += [command.name] if inner is None else [f"{command.name} {name}" for name in inner]
    return sorted(str(name) for name in names)


@pytest.mark.parametrize("name", every_command())
def test_a_database_that_does_not_answer_is_one_sentence_and_exit_code_1(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "0")
    (tmp_path / "desk.bak").write_bytes(b"PGDMP")
    app = create_app(Config(data=tmp_path, database_url=GONE, secret_key="for tests only", port=0))

    answer = CliRunner().invoke(app.cli, [*name.split(), *NEEDS.get(name, [])], obj=ScriptInfo(create_app=lambda: app))

    assert answer.exit_code == 1
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    assert "secret" not in answer.output
    if name not in OTHERWISE:
        assert answer.stderr.startswith("Error: ")
        assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "setting",
    [
        {"DATABASE_URL": "nonsense"},
        {"DATABASE_URL": "mysql://ada:secret@h/d"},
        {"DATABASE_URL": "postgresql+nothing://ada:secret@h/d"},
        {"DATABASE_URL": "postgresql://ada:secret@h:port/d"},
        {"STET_DATA": "/proc/nowhere"},
        {"PORT": "many"},
    ],
)
def test_a_setting_that_cannot_be_used_is_one_sentence_that_names_it_and_exit_code_2(
    setting, tmp_path: Path, monkeypatch, capsys
):
    for name in serving.SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"STET_DATA": str(tmp_path)} | setting).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["stet", "verify"])

    with pytest.raises(SystemExit) as ended:
        main()

    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert_is_one_sentence(said.err, setting)
    assert not (tmp_path / "stet.sqlite3").exists()


def test_so_it_is_for_a_process(tmp_path: Path):
    setting = {"DATABASE_URL": "mysql://ada:secret@h/d"}
    env = serving.environment(tmp_path) | setting

    ended = subprocess.run([*serving.STET, "verify"], env=env, capture_output=True, text=True, check=False, timeout=60)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert_is_one_sentence(ended.stderr, setting)


def assert_is_one_sentence(said: str, setting: dict[str, str]) -> None:
    assert said.startswith(f"stet: {next(iter(setting))} ")
    assert "secret" not in said
    assert len(said.splitlines()) == 1
