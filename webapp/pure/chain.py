"""Ties every revision to the one before it by a digest, so that a changed past shows.

The commitment stands for the content and is salted: without the salt nobody can guess even a short text from
it, so an erased revision keeps its place in the chain and tells nothing. The digest covers the commitment,
the facts and the digest before.
"""

import hmac
import secrets
from datetime import UTC, datetime
from hashlib import sha256

import rfc8785

GENESIS = bytes(32)
"""What the first revision of a post has for a previous digest."""

_VERSION = 1

# RFC 8785, 3.2.2.2: what a JSON string escapes; the backslash first, because the other escapes add some.
_ESCAPES = (
    (b"\\", b"\\\\"),
    (b'"', b'\\"'),
    (b"\b", b"\\b"),
    (b"\t", b"\\t"),
    (b"\n", b"\\n"),
    (b"\f", b"\\f"),
    (b"\r", b"\\r"),
    *((bytes((code,)), b"\\u%04x" % code) for code in range(0x20) if chr(code) not in "\b\t\n\f\r"),
)


def new_salt() -> bytes:
    """Return 32 random bytes, fresh for every revision."""
    return secrets.token_bytes(32)


def commitment(salt: bytes, *, title: str, tags: str, note: str, body: str) -> bytes:
    """Return HMAC-SHA256 under `salt` of the canonical JSON (RFC 8785) of the four texts, 32 bytes.

    Raises ValueError for a lone surrogate, which has no bytes. NUL passes here; it is refused where text
    comes in.
    """
    # In the order of the names, as RFC 8785 wants it.
    content = {b"body": body, b"note": note, b"tags": tags, b"title": title}
    members = (b'"%b":"%b"' % (name, _escaped(text)) for name, text in content.items())
    return hmac.digest(salt, b"{%b}" % b",".join(members), "sha256")


def digest(
    *,
    post: int,
    revision: int,
    at: datetime,
    by: str,
    kind: str,
    source: int | None,
    commitment: bytes,
    previous: bytes,
) -> bytes:
    """Return SHA-256 of the canonical JSON (RFC 8785) of a revision's facts, 32 bytes.

    `by` is the user's public id, `source` the revision it came from (left out of the JSON if None),
    `previous` the digest of the revision before, GENESIS for the first. `at` is written in UTC to the
    microsecond, as databases keep it. Raises ValueError for a naive moment and for a number beyond 2**53,
    which JSON cannot hold.
    """
    facts: dict[str, str | int] = {
        "v": _VERSION,
        "post": post,
        "revision": revision,
        "at": _moment(at),
        "by": by,
        "kind": kind,
        "commitment": commitment.hex(),
        "previous": previous.hex(),
    }
    if source is not None:
        facts["source"] = source
    return sha256(rfc8785.dumps(facts)).digest()


def _escaped(text: str) -> bytes:
    """Return what stands between the quotes of a canonical JSON string.

    Our own, because the library takes 0.55 ms for a body of 75 KB, `json` 0.3 and this less than 0.1: nearly
    all of the 34 searches find nothing and run at the speed of memchr. A test holds it equal to the library.
    """
    escaped = text.encode()
    for plain, escape in _ESCAPES:
        escaped = escaped.replace(plain, escape)
    return escaped


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be proved")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
