"""Counts the words of a text and of a change to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.pure import alignment, diff, tokens
from webapp.pure.diff import Comparison

# Silent reading of English non-fiction: Brysbaert, "How many words do we read per minute?", 2019.
WORDS_A_MINUTE = 238


@dataclass(frozen=True, slots=True)
class WordChange:
    """How many words a change brought and how many it took; a replaced word counts on both sides."""

    added: int
    removed: int


def change(old: str, new: str) -> WordChange:
    """Count the words that only `new` has, and that only `old` has, comparing lines and then their words.

    A paragraph that only wraps its lines elsewhere has not changed; one that moved counts as added and removed.
    Raises diff.TooLarge.
    """
    return WordChange(0, 0) if old == new else of(diff.compare(old, new))


def of(comparison: Comparison) -> WordChange:
    """Count them where the lines have been compared already."""
    budget = alignment.Budget()
    added = removed = 0
    for hunk in comparison.hunks:
        was, now = _words(hunk.old_lines), _words(hunk.new_lines)
        shared = alignment.shared(was, now, budget=budget)
        added += len(now) - shared
        removed += len(was) - shared
    return WordChange(added, removed)


def count(text: str) -> int:
    """Return how many words the text has."""
    return len(tokens.words(text))


def reading_minutes(words: int) -> int:
    """Return the minutes it takes to read that many words, rounded up."""
    return -(-words // WORDS_A_MINUTE)


def _words(lines: Iterable[str]) -> list[str]:
    return tokens.words("\n".join(lines))
