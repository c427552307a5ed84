"""Starts the `git` program so that even a repository that nobody has reason to trust can be read."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from webapp.errors import StetError

# The repository's own settings must neither start a program, nor reach for the network, nor change what is printed.
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=off",
    "diff.renameLimit=1000",
    "log.diffMerges=separate",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",
)
_KEPT = frozenset({"GIT_CONFIG_GLOBAL", "GIT_EXEC_PATH"})


class GitFailed(StetError):
    """What was asked for is not in the repository, or git cannot do it."""


def run(folder: Path, *arguments: str) -> bytes:
    """Return what git prints. Raises GitFailed with what it complains of."""
    command = _command(folder, arguments)
    try:
        done = subprocess.run(command, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        raise _absent() from None
    if done.returncode:
        raise _failed(done.stderr, folder)
    return done.stdout


@contextmanager
def talk(folder: Path, *arguments: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open git for the block: it reads what is written to the first file and answers in the second one.

    Raises GitFailed, at the end, with what it complains of.
    """
    command = _command(folder, arguments)
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(
                command, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
            )
        except OSError:
            raise _absent() from None
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  what PIPE means
        with suppress(BrokenPipeError), process:
            yield process.stdin, process.stdout
        if process.returncode:
            complaints.seek(0)
            raise _failed(complaints.read(), folder)


def _command(folder: Path, arguments: tuple[str, ...]) -> list[str]:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return ["git", "-C", str(folder), "--no-pager", "--literal-pathspecs", *settings, *arguments]


def _environment() -> dict[str, str]:
    """Return ours without git's variables: inside of a hook they point at another repository."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    ours = {
        "GIT_ALLOW_PROTOCOL": "none",  # over the repository's own settings, which may allow one that runs a program
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
    return inherited | ours


def _absent() -> GitFailed:
    return GitFailed("The program git is not on this machine, or cannot be started.")


def _failed(complaint: bytes, folder: Path) -> GitFailed:
    text = complaint.decode(errors="replace")
    if "dubious ownership" in text:
        return GitFailed(
            f"Git does not touch {folder} because it belongs to somebody else. If you trust it, run: "
            f"git config --global --add safe.directory {folder.resolve()}"
        )
    if "not a git repository" in text:
        return GitFailed(f"{folder} is not a git repository.")
    lines = [line.removeprefix("fatal: ") for line in text.splitlines() if line]
    return GitFailed(f"Git failed in {folder}: {lines[-1] if lines else 'it does not say why'}")
