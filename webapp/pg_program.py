"""Starts PostgreSQL's own programs, which copy a database out and in; they come with its client package."""

import os
import subprocess

import sqlalchemy as sa

from webapp.errors import StetError


class PgFailed(StetError):
    """The program is not there, or cannot do what was asked."""


def run(program: str, *arguments: str, url: sa.URL | None = None) -> bytes:
    """Return what `program` prints, asked about the database at `url`. Raises PgFailed with what it complains of.

    The password goes by the environment: arguments can be read by everybody on the machine.
    """
    env = {**os.environ, "LC_ALL": "C"}
    command = [program, *arguments]
    if url is not None:
        bare = sa.URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
        command.append(f"--dbname={bare.render_as_string(hide_password=False)}")
        if url.password is not None:
            env["PGPASSWORD"] = str(url.password)
    try:
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        raise PgFailed(
            f"The program {program} is not on this machine, or cannot be started. It comes with PostgreSQL's client "
            "programs (Debian: postgresql-client), which must not be older than the server."
        ) from None
    if done.returncode:
        raise PgFailed(f"{program} failed: {_complaint(program, done.stderr)}")
    return done.stdout


def _complaint(program: str, said: bytes) -> str:
    """Return the first error with its details, on one line."""
    lines = [line.removeprefix(f"{program}: ") for line in said.decode(errors="replace").splitlines()]
    first = next((number for number, line in enumerate(lines) if line.startswith("error: ")), 0)
    kept = [line.partition(": ")[2] for line in lines[first : first + 2] if line.startswith(("error: ", "detail: "))]
    return "; ".join(kept) or "it does not say why"
