"""Pairs of texts that make a comparison slow or hungry. As a program: compare one pair, and say what it took."""

import difflib
import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from webapp.pure import diff

Lines = Sequence[str]


def _unique(size: int) -> list[str]:
    return [f"{number:07}" for number in range(size // 8)]


def _letters(size: int) -> tuple[Lines, Lines]:
    chance = random.Random(5)
    return chance.choices("abcdefgh", k=size // 2), chance.choices("abcdefgh", k=size // 2)


def _shuffled(size: int) -> tuple[Lines, Lines]:
    chance, lines = random.Random(5), [f"line {number % 128:02}" for number in range(size // 8)]
    return chance.sample(lines, len(lines)), chance.sample(lines, len(lines))


KINDS: dict[str, Callable[[int], tuple[Lines, Lines]]] = {
    "equal": lambda size: (_unique(size), _unique(size)),
    "different": lambda size: (_unique(size), [f"x{line}" for line in _unique(size)]),
    "repeated": lambda size: (["same"] * (size // 5), ["same"] * (size // 6) + ["other", "same", "same"]),
    "one line": lambda size: (["word " * (size // 5)], ["words " * (size // 6)]),
    "reversed": lambda size: (_unique(size), _unique(size)[::-1]),
    "alternating": lambda size: (["a", "b"] * (size // 4), ["b", "a"] * (size // 4)),
    "letters": _letters,
    "128 shuffled": _shuffled,
}
"""What makes two lists of lines of about so many characters altogether."""


def pair(kind: str, size: int) -> tuple[str, str]:
    """Return two texts of about `size` characters."""
    old, new = KINDS[kind](size)
    return "\n".join(old), "\n".join(new)


def _main(engine: str, kind: str, size: str) -> None:
    old, new = pair(kind, int(size))
    start = time.process_time()
    if engine == "ours":
        diff.compare(old, new)
    else:
        difflib.SequenceMatcher(None, old.split("\n"), new.split("\n"), autojunk=False).get_opcodes()
    seconds = time.process_time() - start
    print(json.dumps({"seconds": seconds, "peak_kb": _peak_kb()}))


def _peak_kb() -> int:
    """Return the most memory that this process had; where Linux does not tell, also what its parent had."""
    facts = Path("/proc/self/status")
    said = re.search(r"^VmHWM:\s*(\d+)", facts.read_text() if facts.exists() else "", re.MULTILINE)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(said[1]) if said else peak // (1024 if sys.platform == "darwin" else 1)


if __name__ == "__main__":
    _main(*sys.argv[1:])
