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
    for hunk in diff.compare(old, new).hunks:
        for span in alignment.align(_words(hunk.old_lines), _words(hunk.new_lines), budget=budget):
            if not span.equal:
                added += span.new_end - span.new_start
                removed += span.old_end - span.old_start
    return WordChange(added, removed)


def count(text: str) -> int:
    """Return how many words the text has."""
    return len(tokens.words(text))


def reading_minutes(words: int) -> int:
    """Return the minutes it takes to read that many words, rounded up."""
    return -(-words // WORDS_A_MINUTE)


def _words(lines: Iterable[str]) -> list[str]:
    return tokens.words("\n".join(lines))
