"""Git repositories made for a test, with authors and times as the test wants them, and how they are read."""

import os
import subprocess
from pathlib import Path

from webapp.git import Change, Repository

FIRST_SECOND = 1_700_000_000
"""Tuesday, 14 November 2023, 22:13:20 UTC; each commit is an hour after the one before."""
ANA = "Ana Ruiz <ana@example.org>"
PAGE = "".join(f"line {number} of a page that is long enough to be known again\n" for number in range(20))


class MadeRepository:
    """A repository whose branch is `main`. Every commit's id depends only on what the test says."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._commits = 0
        self.git("init", "--quiet", "--initial-branch=main", "--template=")

    def git(self, *arguments: str, by: str = ANA, at: str | None = None) -> str:
        """Run git and return what it prints, as text."""
        return self._run(*arguments, by=by, at=at).decode().strip()

    def commit(self, message: str, *, by: str = ANA, at: str | None = None, **files: str | bytes | None) -> str:
        """Write files, named without their `.md`, or delete those that are None; commit all and return the id."""
        for name, text in files.items():
            self.put(f"{name}.md", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", f"--message={message}", by=by, at=at)
        return self.git("rev-parse", "HEAD")

    def put(self, path: str, text: str | bytes | None) -> None:
        """Write a file, or delete it if `text` is None."""
        file = self.folder / path
        if text is None:
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def falsify(self, old: bytes, new: bytes) -> str:
        """Replace bytes in the newest commit, as git itself would not write them, and return its new id."""
        raw = self._run("cat-file", "commit", "HEAD")
        (self.folder / ".git/falsified").write_bytes(raw.replace(old, new))
        commit = self.git("hash-object", "-t", "commit", "-w", "--literally", ".git/falsified")
        self.git("reset", "--quiet", "--hard", commit)
        return commit

    def show(self, commit: str, path: str) -> str:
        """Return the text that the file had in that commit, line ends as Stet keeps them."""
        return self._run("show", f"{commit}:{path}").decode().replace("\r\n", "\n")

    def _run(self, *arguments: str, by: str = ANA, at: str | None = None) -> bytes:
        name, _, email = by.rstrip(">").partition(" <")
        if arguments[0] in {"commit", "merge"}:
            self._commits += 1
        when = at or f"{FIRST_SECOND + 3600 * self._commits} +0200"
        ours = {
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email,
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_NAME": "Machine",
            "GIT_COMMITTER_EMAIL": "machine@example.org",
            "GIT_COMMITTER_DATE": f"{FIRST_SECOND + 3600 * self._commits} +0000",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, env=os.environ | ours, check=True, capture_output=True
        ).stdout


def history(made: MadeRepository, path: str = "a.md", *, ref: str = "HEAD") -> tuple[Change, ...]:
    """Return what changed a file, the oldest first."""
    return Repository(made.folder, ref=ref).history(path)


def steps(changes: tuple[Change, ...]) -> list[tuple[str, str, bool]]:
    """Return the subject, the path and whether there is a text, of each change."""
    return [(change.subject, change.path, change.blob is not None) for change in changes]
