"""Numbers in parts that one SQL statement can name."""

from collections.abc import Iterator, Sequence

SIZE = 500
"""Rows named in one statement."""


def of(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield `numbers` in order, at most `SIZE` at a time; nothing of an empty sequence."""
    for start in range(0, len(numbers), SIZE):
        yield numbers[start : start + SIZE]
