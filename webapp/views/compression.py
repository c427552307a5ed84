"""Sends answers packed the way the browser understands: zstd, else gzip, by `Accept-Encoding` (RFC 9110, 12.5.3).

Where it has a text that the answer resembles, as the difference to that (`views/dictionary.py`).
"""

import hashlib
import sys
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache

from flask import Flask, Response, g, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SMALLEST_BYTES = 1024
"""What is shorter fits into one packet anyway."""
PACKABLE = frozenset(
    {
        "application/atom+xml",
        "application/json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
_GZIP = 31  # zlib's window of 2^15, and gzip's header around it
_DCZ = bytes.fromhex("5e2a4d18 20000000")
"""Before a zstd frame with a dictionary: one to skip, of the 32 bytes of its hash that follow (RFC 9842, section 5)."""

# 75 KB of Markdown in HTML: zstd 3 takes 0.2 ms to 24.4 KB, gzip 1 0.6 ms to 27.6 KB, gzip 6 2.4 ms to 23.4 KB.
_QUICKLY: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": lambda data: zstd.compress(data, 3),
    "gzip": lambda data: zlib.compress(data, 1, _GZIP),
}
# For files, which are packed once. Not zstd's 20 and more: browsers refuse the windows of these (RFC 9659).
_TIGHTLY: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": lambda data: zstd.compress(data, 19),
    "gzip": lambda data: zlib.compress(data, 9, _GZIP),
}


def init_app(app: Flask) -> None:
    """Pack every answer after all else was done to it."""
    app.after_request(_pack)


def chosen() -> str | None:
    """Return the coding that the browser likes best, of two that it likes alike the one that costs less."""
    return _chosen(request.headers.get("Accept-Encoding", ""))


def tightly(content: bytes, coding: str) -> bytes:
    """Return `content` packed for good; takes its time."""
    return _TIGHTLY[coding](content)


def mark(response: Response, coding: str) -> None:
    """Say how `response` is packed. Its validator becomes weak: another coding of the same is other bytes."""
    response.headers["Content-Encoding"] = coding
    tag, weak = response.get_etag()
    if tag is not None and not weak:
        response.set_etag(tag, weak=True)


def against(dictionary: Callable[[], bytes | None]) -> None:
    """Pack the answer to this request as the difference to what `dictionary` returns, if the browser takes that.

    It is only called then. It returns bytes that the browser said it has, None where they are not known.
    """
    g.dictionary = dictionary


def is_asked_by_strangers() -> bool:
    """Return whether a page of somebody else made the browser ask.

    Such a page can choose words that ours repeats, as it does `?q=`, and somebody on the line who sees how long the
    packed answers are could guess the form's token by them (BREACH). It gets the answer as it is. The decision record
    has the rest.
    """
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def _pack(response: Response) -> Response:
    may_lean = "dictionary" in g
    if may_lean:
        response.vary.add("Available-Dictionary")
    if response.mimetype not in PACKABLE:
        return response
    response.vary.add("Accept-Encoding")
    coding = chosen()
    if coding is None or response.is_streamed or "Content-Encoding" in response.headers or is_asked_by_strangers():
        return response
    data = response.get_data()
    if len(data) >= SMALLEST_BYTES:
        dictionary = g.dictionary() if may_lean and _may_differ(response) else None
        response.set_data(_QUICKLY[coding](data) if dictionary is None else _difference(data, dictionary))
        mark(response, coding if dictionary is None else "dcz")
    return response


def _may_differ(response: Response) -> bool:
    # No error: its page resembles no text, and the database that would be asked may be what is out of order.
    return response.status_code == 200 and _takes_differences(request.headers["Accept-Encoding"])


def _difference(data: bytes, dictionary: bytes) -> bytes:
    # As a prefix, which is not prepared: 75 KB take 0.1 ms so, half of what packing takes without one.
    leaning_on = zstd.ZstdDict(dictionary, is_raw=True).as_prefix
    return _DCZ + hashlib.sha256(dictionary).digest() + zstd.compress(data, 3, zstd_dict=leaning_on)


@lru_cache(maxsize=256)
def _chosen(header: str) -> str | None:
    accepted = parse_accept_header(header, Accept)
    best = max(_QUICKLY, key=accepted.quality)
    return best if accepted.quality(best) > 0 else None


@lru_cache(maxsize=256)
def _takes_differences(header: str) -> bool:
    return dict(parse_accept_header(header, Accept)).get("dcz", 0) > 0  # by its name: nobody means it by `*`
