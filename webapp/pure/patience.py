"""Finds the items that anchor two sequences to each other: Bram Cohen's patience diff, one round of it."""

from bisect import bisect_left
from collections import Counter


def anchors(old: str, new: str) -> list[tuple[int, int]]:
    """Return the places, on either side, of the letters that occur once on both and come in the same order.

    Of those that do not, the fewest possible are left out.
    """
    old_count, new_count = Counter(old), Counter(new)
    once = [letter for letter, count in old_count.items() if count == 1 and new_count[letter] == 1]
    old_place = {letter: at for at, letter in enumerate(old)}
    new_place = {letter: at for at, letter in enumerate(new)}
    # A Counter keeps the order of its text, so only the other side's places may fall.
    old_places = [old_place[letter] for letter in once]
    new_places = [new_place[letter] for letter in once]
    return [(old_places[at], new_places[at]) for at in longest_rising(new_places)]


def longest_rising(numbers: list[int]) -> list[int]:
    """Return the indexes of a longest rising part of numbers that all differ (patience sorting)."""
    piles: list[int] = []  # piles[n]: the smallest number that ends a rising part of n + 1 numbers
    tops: list[int] = []  # its index
    before: list[int] = []  # for each number, the index of the one before it in such a part, -1 for none
    for at, number in enumerate(numbers):
        if not piles or number > piles[-1]:  # nearly always: most of a text stays in its order
            before.append(tops[-1] if tops else -1)
            piles.append(number)
            tops.append(at)
        else:
            pile = bisect_left(piles, number)
            before.append(tops[pile - 1] if pile else -1)
            piles[pile], tops[pile] = number, at
    rising = []
    at = tops[-1] if tops else -1
    while at >= 0:
        rising.append(at)
        at = before[at]
    return rising[::-1]
