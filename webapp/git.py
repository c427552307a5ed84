"""Reads a git repository through the `git` program: the commits that changed a file, and the bytes it then had."""

import os
import posixpath
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from webapp import git_program
from webapp.git_program import GitFailed

MARKDOWN = (".md", ".markdown")
SHORT = 7
"""Characters of a commit's id that people are shown."""

_FIELDS = ("%H", "%P", "%an", "%ae", "%at", "%s")


@dataclass(frozen=True, slots=True)
class Author:
    """Whom a commit names; either may be empty, and neither is proved."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that did something to the file. `path` is what the file was called in it."""

    commit: str
    author: Author
    at: datetime | None
    """When it was written; None for a time that no calendar has."""
    subject: str
    path: str
    blob: str | None
    """The id of the file's bytes, None when the commit deleted it."""
    is_file: bool
    """False for what only stands in a file's place: a symbolic link or another repository."""
    begins: bool
    """Whether there was no such path in the commit before."""
    parent: str | None

    @property
    def short(self) -> str:
        """The commit as people write it."""
        return self.commit[:SHORT]


class TooBig(GitFailed):
    """More bytes than were asked for."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"It has {size_bytes:,} bytes.")
        self.size_bytes = size_bytes


class Repository:
    """A repository at one commit. Nothing is ever written to it, no hook is run and nothing is fetched."""

    def __init__(self, folder: Path, *, ref: str = "HEAD") -> None:
        """Find the repository that `folder` is, or is inside of. Raises GitFailed."""
        if not folder.is_dir():
            raise GitFailed(f"{folder} is not a folder.{_hint(folder)}")
        if not ref or ref.startswith("-"):
            raise GitFailed(f"{ref!r} is no name of a commit.")
        self.folder = folder
        self.ref = ref
        self._inside = self._text("rev-parse", "--show-prefix")
        self.folder = folder / self._text("rev-parse", "--show-cdup")
        try:
            self.commit = self._text("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        except GitFailed:
            raise GitFailed(f"{folder} has no commit {ref}.") from None
        self.is_shallow = self._text("rev-parse", "--is-shallow-repository") == "true"

    def path(self, given: str) -> str:
        """Return the path from the root of the repository that `given` means in its folder. Raises GitFailed."""
        path = posixpath.normpath(posixpath.join(self._inside, given))
        if not given or given.startswith("/") or path.split("/", 1)[0] == "..":
            raise GitFailed(f"{given!r} is not inside {self.folder}: name a path as the repository does.")
        return path

    def markdown(self, folder: str) -> tuple[str, ...]:
        """Return the Markdown files in `folder` and the folders in it, as paths from the root. Raises GitFailed."""
        inside = self.path(folder)
        where = () if inside == "." else ("--", inside)
        entries = self._run("ls-tree", "-r", "-z", "--full-tree", self.commit, *where).split(b"\0")[:-1]
        if not entries:
            raise GitFailed(f"There is no {folder} in {self.ref}.")
        files = (os.fsdecode(name) for mode, name in map(_entry, entries) if mode.startswith(b"100"))
        return tuple(path for path in files if path.lower().endswith(MARKDOWN))

    def history(self, path: str) -> tuple[Change, ...]:
        """Return the commits that changed the file at `path`, oldest first, along the first parents, over renames.

        `path` is one from the root. A merge counts as what it changed against its first parent.
        Raises GitFailed when there is no such file now.
        """
        changes = list(self._backwards(path))
        if not changes:
            raise GitFailed(f"There is no {path} in {self.ref}.")
        if changes[0].blob is None:
            raise GitFailed(f"There is no {path} in {self.ref}: {changes[0].short} deleted it.")
        if changes[-1].blob is None:
            changes.pop()  # what had the name until then was renamed, and is the history of another file
        return tuple(reversed(changes))

    @contextmanager
    def blobs(self) -> Iterator["Blobs"]:
        """Open a reader of bytes: one process for all that the block reads."""
        with git_program.talk(self.folder, "cat-file", "--batch") as (questions, answers):
            yield Blobs(questions, answers)

    def _backwards(self, path: str) -> Iterator[Change]:
        # Not `git log --follow`: that takes a new file that resembles another one for a copy, and goes on in there.
        start: str | None = self.commit
        while start is not None:
            commit, start = start, None
            for change in self._log(commit, path):
                yield change
                if change.blob is None and path in self._renames(change).values():
                    break
                if change.begins and (origin := self._renames(change).get(path)) is not None:
                    start, path = change.parent, origin
                    break

    def _log(self, start: str, path: str) -> Iterator[Change]:
        form = f"--format=tformat:{'%x00'.join(_FIELDS)}"
        shape = ("-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--encoding=UTF-8")
        log = self._run("log", "--first-parent", "-m", *shape, form, start, "--", path)
        tokens = iter(log.split(b"\0")[:-1])
        fields = list(_next(tokens, len(_FIELDS)))
        while fields:
            following: list[bytes] = []
            for token in tokens:
                if not token.lstrip(b"\n").startswith(b":"):
                    following = [token, *_next(tokens, len(_FIELDS) - 1)]
                    break
                # A folder of the same name may have been there once; its files are other files.
                if os.fsdecode(next(tokens)) == path:
                    yield _change(fields, token, path)
            fields = following

    def _renames(self, change: Change) -> dict[str, str]:
        """Return what the commit renamed: the old names by the new ones."""
        if change.parent is None:
            return {}
        renames = self._run(
            "diff-tree", "-r", "-z", "-M", "--name-status", "--diff-filter=R", change.parent, change.commit
        )
        names = [os.fsdecode(name) for name in renames.split(b"\0")[:-1]]
        return dict(zip(names[2::3], names[1::3], strict=True))

    def _text(self, *arguments: str) -> str:
        return os.fsdecode(self._run(*arguments)).removesuffix("\n")

    def _run(self, *arguments: str) -> bytes:
        return git_program.run(self.folder, *arguments)


class Blobs:
    """Answers with the bytes of one blob after the other."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions = questions
        self._answers = answers

    def read(self, blob: str, *, most_bytes: int = sys.maxsize) -> bytes:
        """Return the bytes of a blob. Raises TooBig, or GitFailed if it is not there."""
        self._questions.write(blob.encode() + b"\n")
        self._questions.flush()
        head = self._answers.readline().split()
        if len(head) != 3:
            raise GitFailed(f"Git does not have the object {blob[:SHORT]}: this is not a whole copy of the repository.")
        size = int(head[2])
        if size > most_bytes:
            self._pass_over(size + 1)
            raise TooBig(size)
        return self._answers.read(size + 1)[:-1]

    def _pass_over(self, size_bytes: int) -> None:
        while size_bytes and (part := self._answers.read(min(size_bytes, 1 << 20))):
            size_bytes -= len(part)


def _next(tokens: Iterator[bytes], count: int) -> Iterator[bytes]:
    yield from (token for _, token in zip(range(count), tokens, strict=False))


def _entry(line: bytes) -> tuple[bytes, bytes]:
    facts, name = line.split(b"\t", 1)
    return facts.split(b" ", 1)[0], name


def _change(fields: list[bytes], raw: bytes, path: str) -> Change:
    commit, parents, name, email, at, subject = (field.decode(errors="replace") for field in fields)
    old_mode, new_mode, _, blob, _ = raw.decode().strip(":\n").split()
    return Change(
        commit=commit,
        author=Author(name, email),
        at=_moment(at),
        subject=subject,
        path=path,
        blob=None if new_mode == "000000" else blob,
        is_file=new_mode.startswith("100"),
        begins=old_mode == "000000",
        parent=parents.split()[0] if parents else None,
    )


def _moment(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _hint(path: Path) -> str:
    return " A bundle has to be cloned first." if path.suffix == ".bundle" and path.is_file() else ""
