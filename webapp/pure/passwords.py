"""What a password must be: long and not guessable, and nothing else (ASVS 5.0, 6.2; NIST SP 800-63B)."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from webapp.errors import Invalid

LEAST_CHARACTERS = 12
MOST_BYTES = 4096
"""In UTF-8; more is not hashed, because that would be a way to keep the server busy."""
SITE = "stet"

# The passwords of twelve characters and more that leaked most often (from zxcvbn's list, MIT), and the words
# that people lengthen with a year or a row of digits.
_COMMON = Path(__file__).with_name("common_passwords.txt")
_TAIL = re.compile(r"[\W\d_]+\Z")
_REPEATED = re.compile(r"(.{1,4})\1+", re.DOTALL)
_SHORTEST_NAME = 4
"""Parts of names shorter than this are in too many other words."""


def check(password: str, *, name: str, email: str) -> None:
    """Raise Invalid, with the field `password`, when the person called `name` should not use `password`."""
    wrong = _wrong_size(password) or _wrong_because_common(password) or _wrong_because_known(password, name, email)
    if wrong:
        raise Invalid({"password": wrong})


def is_hashable(password: str) -> bool:
    """Return whether `password` may be given to the hash function at all."""
    try:
        return len(password.encode()) <= MOST_BYTES
    except UnicodeEncodeError:  # half a character, from a terminal in another encoding
        return False


def _wrong_size(password: str) -> str | None:
    if len(password) < LEAST_CHARACTERS:
        return f"A password has at least {LEAST_CHARACTERS} characters; a sentence makes a good one."
    if not is_hashable(password):
        return f"A password has at most {MOST_BYTES:,} bytes of text."
    return None


def _wrong_because_common(password: str) -> str | None:
    folded = password.casefold()
    if folded in _common() or _TAIL.sub("", folded) in _common():
        return "Too many people use this password. Choose another."
    if _REPEATED.fullmatch(folded):
        return "A few characters over and over are easily guessed. Choose another password."
    return None


def _wrong_because_known(password: str, name: str, email: str) -> str | None:
    folded = password.casefold()
    for part in _known_parts(name, email):
        if part in folded:
            return f"A password must not contain “{part}”, which others know of you or of this site."
    return None


def _known_parts(name: str, email: str) -> Iterator[str]:
    yield SITE
    words = name.casefold().split()
    known = (*words, "".join(words), email.casefold().partition("@")[0])
    yield from (part for part in known if len(part) >= _SHORTEST_NAME)


@functools.cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").splitlines())
