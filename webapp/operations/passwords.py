"""Hashing passwords with argon2id: slow on purpose, so never while others wait for the database."""

import base64
import os
import threading
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from webapp.database import db
from webapp.pure import passwords

# Each takes 64 MiB and a core: a crowd at the door must not starve those who work.
_AT_ONCE = threading.BoundedSemaphore(2)


def hash_of(password: str) -> str:
    """Return what the database keeps. `password` must have passed `pure.passwords.check()`."""
    _must_not_be_writing()
    with _AT_ONCE:
        return _hasher().hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Return whether `password` is the one of the hash `kept`; for None it takes as long and is False."""
    _must_not_be_writing()
    if not passwords.is_hashable(password):
        return False
    hasher = _hasher()
    with _AT_ONCE:
        try:
            return hasher.verify(kept or _nobodys(hasher), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Return whether `kept` was made with other parameters than those of today."""
    return _hasher().check_needs_rehash(kept)


def _hasher() -> PasswordHasher:
    """Return one with RFC 9106's parameters for little memory; the setting `ARGON2` replaces them in tests."""
    parameters: dict[str, Any] = current_app.config.get("ARGON2", {})
    return PasswordHasher(**parameters)


def _nobodys(hasher: PasswordHasher) -> str:
    """Return a hash that costs as much to check as any, and that no password has."""
    salt, digest = (_base64(os.urandom(size)) for size in (hasher.salt_len, hasher.hash_len))
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _must_not_be_writing() -> None:
    if db.session.info.get("writing"):
        raise RuntimeError("A password is hashed before the transaction, not inside.")
