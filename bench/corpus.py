"""The texts to measure with: a real history where one lies beside the project, and a document edited on and on."""

import random
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from webapp.pure.kind import Kind

BUNDLE = Path(__file__).parents[2] / "shared" / "data" / "readme-history.bundle"
"""1,229 revisions of one README of about 75 KB, as a git bundle; not part of the project."""
_NAME = "README.md"
_BYTES = 75_000
_LETTERS = ("b", "br", "d", "dr", "f", "g", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v")


@dataclass(frozen=True, slots=True)
class Draft:
    """One state of a document, by whom, when, why and how."""

    body: str
    author: str
    at: datetime
    note: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class History:
    """The drafts of a real document, oldest first. `git_bytes` is what git takes for them after its best packing."""

    drafts: tuple[Draft, ...]
    git_bytes: int


@cache
def real() -> History | None:
    """Return the history in the bundle, None where there is no bundle."""
    if not BUNDLE.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        _git("clone", "--quiet", "--bare", str(BUNDLE), folder)
        drafts = tuple(_drafts(folder))
        _git("-C", folder, "gc", "--quiet", "--aggressive", "--prune=now")
        return History(drafts, git_bytes=sum(path.stat().st_size for path in Path(folder, "objects/pack").iterdir()))


@cache
def document() -> str:
    """Return a Markdown document of about 75 KB: the real one as it stands last, else one made of invented words."""
    history = real()
    return history.drafts[-1].body if history else _invented()


def edited(document: str, count: int) -> Iterator[str]:
    """Yield `document` and `count - 1` more texts, each the one before with a line reworded, added or taken out.

    They keep about the size of the first, and are the same in every run.
    """
    chance = random.Random(count)
    lines, words = document.split("\n"), document.split()
    length = size = len(document)
    for _ in range(count):
        yield "\n".join(lines)
        at = chance.randrange(len(lines))
        if chance.random() < 0.5:
            new = [_reworded(lines[at], words, chance)]
        else:
            new = [] if size > length else [_reworded(chance.choice(lines), words, chance), lines[at]]
        size += sum(len(line) + 1 for line in new) - len(lines[at]) - 1
        lines[at : at + 1] = new


def _reworded(line: str, words: Sequence[str], chance: random.Random) -> str:
    parts = line.split(" ")
    parts[chance.randrange(len(parts))] = f"{chance.choice(words)} {chance.choice(words)}"
    return " ".join(parts)


def _drafts(repository: str) -> Iterator[Draft]:
    log = _git("-C", repository, "log", "--first-parent", "--reverse", "--format=%H%x00%an%x00%at%x00%s").decode()
    commits = [line.split("\0") for line in log.splitlines()]
    names = "".join(f"{commit}:{_NAME}\n" for commit, *_ in commits)
    blobs = _git("-C", repository, "cat-file", "--batch", feed=names.encode())
    at = 0
    for _, author, seconds, subject in commits:
        end = blobs.index(b"\n", at)
        size = int(blobs[at:end].split()[-1])
        at = end + size + 2
        body = blobs[end + 1 : at - 1].decode()
        yield Draft(
            body=body, author=author, at=datetime.fromtimestamp(int(seconds), UTC), note=subject, kind=Kind.IMPORTED
        )


def _git(*arguments: str, feed: bytes = b"") -> bytes:
    return subprocess.run(["git", *arguments], input=feed, check=True, capture_output=True).stdout


def _invented() -> str:
    """Return headings, paragraphs and lists of links in words that no language has."""
    chance = random.Random(0)
    syllables = [first + vowel for first in _LETTERS for vowel in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(4000)]

    def some(least: int, most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(least, most)))

    lines = [f"# {some(2, 4)}"]
    while sum(map(len, lines)) < _BYTES:
        lines += ["", f"## {some(1, 4)}", "", f"*{some(8, 60)}.*", ""]
        names = (some(1, 2) for _ in range(chance.randint(3, 12)))
        lines += [
            f"- [{name}](https://{name.replace(' ', '.')}.example/) - {some(5, 14)} & {some(1, 3)}." for name in names
        ]
    return "\n".join([*lines, ""])
