"""How commands speak."""

import io
import sys

import click
import pytest
from click.testing import CliRunner

from webapp.cli import saying
from webapp.errors import Missing


def test_an_answer_is_a_sentence_or_one_line_of_json(capsys):
    saying.answer({"post": 1, "name": "é"}, "Post 1 is here.", as_json=False)
    saying.answer({"post": 1, "name": "é"}, "Post 1 is here.", as_json=True)

    assert capsys.readouterr().out == 'Post 1 is here.\n{"post": 1, "name": "\\u00e9"}\n'


def test_a_refusal_is_its_sentence_on_standard_error_and_exit_code_1():
    @click.command()
    @saying.refusals
    def refuse() -> None:
        raise Missing("No such post.")

    result = CliRunner().invoke(refuse)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "Error: No such post.\n")


def test_a_fault_of_the_program_is_not_a_refusal():
    @click.command()
    @saying.refusals
    def break_down() -> None:
        raise LookupError

    assert isinstance(CliRunner().invoke(break_down).exception, LookupError)


@pytest.mark.parametrize(
    ("total", "steps", "said"),
    [
        (30, 30, [f"Work: {done} of 30" for done in range(3, 31, 3)]),
        (3, 3, ["Work: 1 of 3", "Work: 2 of 3", "Work: 3 of 3"]),
        (15, 15, [f"Work: {done} of 15" for done in range(1, 16)]),
        (None, 2500, ["Work: 1000", "Work: 2000"]),
        (0, 0, []),
    ],
)
def test_progress_without_a_terminal_is_a_line_now_and_then(capsys, total, steps, said):
    with saying.progress("Work", total) as tell:
        for done in range(1, steps + 1):
            tell(done)

    captured = capsys.readouterr()
    assert (captured.out, captured.err.splitlines()) == ("", said)


def test_progress_on_a_terminal_is_a_bar(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")

    with saying.progress("Work", 4) as tell:
        tell(4)

    assert "4/4" in terminal.getvalue()
