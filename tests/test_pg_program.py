"""Starting PostgreSQL's own programs."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from webapp import pg_program
from webapp.pg_program import PgFailed


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program `pg_dump` of ours, the only one on this machine; the test writes it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    file = tmp_path / "pg_dump"
    file.touch(mode=0o700)
    return file


def test_the_password_is_in_the_environment_and_in_no_argument(program):
    program.write_text('#!/bin/sh\necho "$@ / $PGPASSWORD"\n')
    url = sa.make_url("postgresql+psycopg://ada:s%40cret@/desk?host=%2Frun")

    assert pg_program.run("pg_dump", "-x", url=url) == b"-x --dbname=postgresql://ada@/desk?host=%2Frun / s@cret\n"


def test_a_program_that_is_not_there_is_said_with_where_it_comes_from(program):
    program.unlink()

    with pytest.raises(PgFailed, match="The program pg_dump is not on this machine"):
        pg_program.run("pg_dump")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "pg_dump: talk\npg_dump: error: server version mismatch\npg_dump: detail: server: 18.4; pg_dump: 15.18\n",
            "pg_dump failed: server version mismatch; server: 18.4; pg_dump: 15.18",
        ),
        ("pg_dump: error: one\npg_dump: error: two\npg_dump: error: three\n", "pg_dump failed: one; two"),
        ("", "pg_dump failed: it does not say why"),
    ],
)
def test_what_it_complains_of_is_told_in_one_line(program, said, told):
    program.write_text(f"#!/bin/sh\nprintf '%s' '{said}' >&2\nexit 1\n")

    with pytest.raises(PgFailed) as failed:
        pg_program.run("pg_dump")

    assert str(failed.value) == told
