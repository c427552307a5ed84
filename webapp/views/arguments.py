"""What addresses ask for: read strictly, because a wrong number or word names nothing."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from flask import request

from webapp.errors import Missing
from webapp.history.happening import Cursor

Word = TypeVar("Word", bound=str)

_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
_CURSOR = re.compile(r"(\d{1,16})\.(\d{1,16})", re.ASCII)
_LARGEST = 2**31 - 1
"""What a column holds at most; PostgreSQL refuses to compare with more."""
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


def number(name: str, *, default: int | None = None, among: Mapping[str, str] | None = None) -> int:
    """Return the whole number of `?name=` (or of that field `among` others).

    Raises Missing for anything else, and without it if there is no default.
    """
    text = (request.args if among is None else among).get(name, "")
    if not text and default is not None:
        return default
    if not _NUMBER.fullmatch(text):
        raise Missing(f"“{text[:20]}” is not a number.")
    return int(text)


def cursor() -> Cursor | None:
    """Return where the page of the activity begins that `?before=` asks for. Raises Missing."""
    text = request.args.get("before", "")
    if not text:
        return None
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise Missing(f"“{text[:20]}” is no place in the activity.")
    return Cursor(transaction=min(int(found[1]), _LARGEST), event=min(int(found[2]), _LARGEST))


def span(name: str, *, among: Mapping[str, str] | None = None) -> range | None:
    """Return the numbers from A to B, both counted in, of `?name=A-B`; None without it. Raises Missing."""
    text = (request.args if among is None else among).get(name, "")
    if not text:
        return None
    match = _SPAN.fullmatch(text)
    if match is None:
        raise Missing(f"“{text[:20]}” is not from one number to another.")
    return range(int(match[1]), int(match[2]) + 1)


def choice(name: str, known: Iterable[Word], *, among: Mapping[str, str] | None = None) -> Word:
    """Return which of the `known` words `?name=` is, the first without it. Raises Missing for any other."""
    words = tuple(known)
    asked = (request.args if among is None else among).get(name) or words[0]
    for word in words:
        if word == asked:
            return word
    raise Missing(f"“{asked[:20]}” is not one of {', '.join(words)}.")
