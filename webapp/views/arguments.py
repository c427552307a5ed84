"""Numbers in addresses: read strictly, because a wrong one names nothing."""

import re
from collections.abc import Mapping

from flask import request

from webapp.errors import Missing

_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)


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
