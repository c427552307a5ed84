"""Comparing and merging, beside `git` and `difflib` on the same texts: what it costs, and how good it is."""

import difflib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from statistics import median

from bench import corpus, hostile
from bench.server import ROOT
from webapp.pure import diff
from webapp.pure.merge import merge

HOSTILE_CHARACTERS = 1_000_000
PATIENCE_SECONDS = 10
"""How long `difflib` may take for one pair."""
QUALITY_PAIRS = 300
TRIPLES = 1_000

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contest:
    """Median CPU milliseconds for one pair; git's are with the start of its process."""

    pairs: int
    ours: float
    git: float
    difflib: float


@dataclass(frozen=True, slots=True)
class Endured:
    """CPU seconds and megabytes at most of a process that compares one hostile pair; `difflib` None: it gave up."""

    kind: str
    ours: float
    megabytes: float
    git: float
    difflib: float | None


@dataclass(frozen=True, slots=True)
class Merged:
    """Of so many triples: those that both call clean, those of them that differ, and those that only one merges."""

    triples: int
    both_clean: int
    different: int
    only_ours: int
    only_git: int


def adjacent(count: int) -> Contest:
    """Compare neighbouring revisions of about 75 KB, the last ones there are."""
    pairs = list(pairwise(_texts()[-count - 1 :]))
    with _Git() as git:
        return Contest(
            len(pairs),
            ours=median(_cpu(lambda pair: diff.compare(*pair), pair) for pair in pairs) * 1000,
            git=median(git.compared(*pair)[0] for pair in pairs) * 1000,
            difflib=median(_cpu(_opcodes, pair) for pair in pairs[:50]) * 1000,
        )


def endured() -> Iterator[Endured]:
    """Compare two texts of a megabyte of each kind that slows comparisons down."""
    with _Git() as git:
        for kind in hostile.KINDS:
            ours = _alone("ours", kind)
            try:
                theirs = _alone("difflib", kind)["seconds"]
            except subprocess.TimeoutExpired:
                theirs = None
            spent, _ = git.compared(*hostile.pair(kind, HOSTILE_CHARACTERS))
            yield Endured(kind, ours=ours["seconds"], megabytes=ours["peak_kb"] / 1000, git=spent, difflib=theirs)


def changed_lines() -> tuple[int, int]:
    """Return how many lines are changed in neighbouring revisions picked at random, to us and to git's histogram."""
    pairs = list(pairwise(_texts()))
    pairs = random.Random(4).sample(pairs, min(QUALITY_PAIRS, len(pairs)))
    compared = [diff.compare(*pair) for pair in pairs]
    with _Git() as git:
        return sum(each.lines_added + each.lines_removed for each in compared), sum(
            git.compared(*pair)[1] for pair in pairs
        )


def merged() -> Merged:
    """Merge what undoing an edit in the middle of the history merges, at random distances, as git does and as we do."""
    texts, chance = _texts(), random.Random(4)
    both = different = only_ours = only_git = 0
    with _Git() as git:
        for _ in range(TRIPLES):
            at = chance.randrange(1, len(texts) - 1)
            triple = texts[at], texts[min(at + chance.randint(1, 40), len(texts) - 1)], texts[at - 1]
            ours, theirs = merge(*triple), git.merged(*triple)
            both += ours.clean and theirs is not None
            different += ours.clean and theirs is not None and ours.text != theirs
            only_ours += ours.clean and theirs is None
            only_git += theirs is not None and not ours.clean
    return Merged(TRIPLES, both, different, only_ours, only_git)


def _texts() -> Sequence[str]:
    history = corpus.real()
    if history is not None:
        return [draft.body for draft in history.drafts]
    return list(islice(corpus.edited(corpus.document(), 400), 400))


def _opcodes(pair: Pair) -> None:
    old, new = pair
    difflib.SequenceMatcher(None, old.split("\n"), new.split("\n")).get_opcodes()


def _cpu(part: Callable[[Pair], object], pair: Pair) -> float:
    start = time.process_time()
    part(pair)
    return time.process_time() - start


def _alone(engine: str, kind: str) -> dict[str, float]:
    """Return what a process of its own says that it took. Raises subprocess.TimeoutExpired."""
    command = [sys.executable, "-m", "bench.hostile", engine, kind, str(HOSTILE_CHARACTERS)]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
    said: dict[str, float] = json.loads(run.stdout)
    return said


class _Git:
    """Git, on files in a folder that goes with it."""

    def __enter__(self) -> "_Git":
        self._folder = tempfile.TemporaryDirectory()
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def compared(self, old: str, new: str) -> tuple[float, int]:
        """Return the CPU seconds that it took, and how many lines are added and removed."""
        self._write(old=old, new=new)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = self._run("diff", "--no-index", "--histogram", "--numstat", "old", "new").stdout.split()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return spent, int(said[0]) + int(said[1]) if said else 0

    def merged(self, base: str, ours: str, theirs: str) -> str | None:
        """Return the merge, None for a conflict."""
        self._write(base=base, ours=ours, theirs=theirs)
        run = self._run("merge-file", "-p", "ours", "base", "theirs")
        return run.stdout.decode() if run.returncode == 0 else None

    def _write(self, **texts: str) -> None:
        for name, text in texts.items():
            Path(self._folder.name, name).write_bytes(text.encode())

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(["git", *arguments], cwd=self._folder.name, check=False, capture_output=True)
