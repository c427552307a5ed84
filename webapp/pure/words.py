"""Counts the words of a text and of a change to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.pure import alignment, diff, tokens

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
    if old == new:
        return WordChange(0, 0)
    budget = alignment.Budget()
    added = removed = 0
    old_lines, new_lines = diff.lines(old), diff.lines(new)
    for span in alignment.align(old_lines, new_lines):
        if not span.equal:
            was = _words(old_lines[span.old_start : span.old_end])
            now = _words(new_lines[span.new_start : span.new_end])
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
