"""`stet serve`, as a process: an empty machine, a restart, two servers at once, and how it stops."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import databases, serving

READY = r"^Stet is ready at (http://\S+)$"
SET_UP = r"^ +(http://\S+/setup\?token=\S+)$"


@pytest.fixture
def nothing(backend: str, request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The `DATABASE_URL` of a database without any table; None: nothing is set, and SQLite makes its own file."""
    if backend == "sqlite":
        yield None
        return
    with databases.empty(request.getfixturevalue("postgresql")) as url:
        yield url


def test_an_empty_desk_says_how_to_begin_and_comes_up_again_on_what_is_there(
    nothing: str | None, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    with serving.start(desk, database_url=nothing) as first:
        assert first.wait_for(READY)[1] == first.address
        link = first.wait_for(SET_UP)[1]

        assert status(link) == 200
        assert status(f"{first.address}/healthz") == 200
        assert status(f"{first.address}/login") == 200
        assert first.interrupt() == 0

    who = ("--email", "ada@desk.example", "--name", "Ada", "--password-stdin")
    serving.run("setup", *who, data=desk, database_url=nothing, say="a long enough passphrase\n")

    with serving.start(desk, database_url=nothing) as second:
        second.wait_for(READY)
        assert status(f"{second.address}/healthz") == 200
        assert second.stop() == 0
        assert "setup" not in second.said


@pytest.mark.only("postgresql", reason="several servers share a PostgreSQL; a SQLite file has one")
def test_two_servers_that_start_at_once_on_an_empty_database_both_come_up(nothing: str | None, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    with (
        serving.start(desk, database_url=nothing) as one,
        serving.start(desk, database_url=nothing) as other,
    ):
        one.wait_for(READY)
        other.wait_for(READY)

        assert (status(f"{one.address}/healthz"), status(f"{other.address}/healthz")) == (200, 200)
        assert (one.stop(), other.stop()) == (0, 0)


def status(address: str) -> int:
    with urlopen(address, timeout=10) as answer:  # noqa: S310  our own
        return int(answer.status)


def test_an_address_that_is_taken_is_refused(tmp_path: Path) -> None:
    with serving.start(tmp_path / "one") as first:
        first.wait_for(READY)
        port = first.address.rpartition(":")[2]

        env = serving.environment(tmp_path / "other") | {"PORT": port}
        second = subprocess.run(
            [*serving.STET, "serve"], env=env, capture_output=True, text=True, check=False, timeout=60
        )

        assert second.returncode == 1
        assert second.stderr.startswith(f"Error: Cannot serve on 127.0.0.1 port {port}: ")
