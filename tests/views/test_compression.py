"""Answers packed for the browser: which coding, which answers, and what stays true of them."""

import re
import zlib

import pytest

from webapp.views import assets
from webapp.views.compression import zstd

pytestmark = pytest.mark.only("sqlite", "packing does not differ by database")

LONG = "some words " * 500
FIRST_LOAD_BYTES = 60 * 1024


def unpacked(answer) -> bytes:
    """Return the bytes before packing."""
    coding = answer.headers.get("Content-Encoding")
    if coding == "zstd":
        return zstd.decompress(answer.data)
    return zlib.decompress(answer.data, 31) if coding == "gzip" else answer.data


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.5, gzip;q=0.9", "gzip"),
        ("zstd;q=0, gzip", "gzip"),
        ("gzip;q=0", None),
        ("*", "zstd"),
        ("*;q=0, gzip", "gzip"),
        ("gzip;q=wrong, zstd;q=0.1", "zstd"),
    ],
)
def test_the_browser_chooses_the_coding(write, enter, cast, accepted, coding):
    write(LONG)
    browser = enter(cast.author)

    answer = browser.get("/1/timeline", headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in answer.vary
    assert b"</html>" in unpacked(answer)
    assert answer.content_length == len(answer.data)


@pytest.mark.parametrize("accepted", ["zstd", "gzip"])
def test_a_long_fragment_becomes_short(write, enter, cast, accepted):
    write(LONG * 14, "latest")
    browser = enter(cast.author)

    answer = browser.get_fragment("/1/update?revision=0", headers={"Accept-Encoding": accepted})

    assert len(unpacked(answer)) > 75_000
    assert len(answer.data) < 20 * 1024
    assert answer.headers["X-Fragment"] == "1"


def test_a_packed_fragment_is_not_sent_twice(write, enter, cast):
    write(LONG, "latest")
    browser, packed = enter(cast.author), {"Accept-Encoding": "zstd"}
    browser.get("/1/update")
    first = browser.get_fragment("/1/update?revision=0", headers=packed)

    second = browser.get_fragment("/1/update?revision=0", headers=packed | {"If-None-Match": first.headers["ETag"]})

    assert first.headers["ETag"].startswith('W/"')
    assert (second.status_code, second.data) == (304, b"")
    assert "Content-Encoding" not in second.headers
    assert "Accept-Encoding" in second.vary


def test_what_is_short_is_sent_as_it_is(client):
    answer = client.get("/healthz", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("asked_by", "coding"),
    [("same-origin", "gzip"), ("none", "gzip"), (None, "gzip"), ("cross-site", None), ("same-site", None)],
)
def test_what_a_page_of_strangers_asks_for_is_not_packed(write, enter, cast, asked_by, coding):
    site = {} if asked_by is None else {"Sec-Fetch-Site": asked_by}

    answer = enter(cast.author).get("/?q=guess", headers={"Accept-Encoding": "gzip"} | site)

    assert answer.headers.get("Content-Encoding") == coding


@pytest.mark.parametrize("accepted", ["zstd", "gzip", ""])
@pytest.mark.parametrize("name", ["css/features/editor.css", "icons.svg", "js/guards.js"])
def test_files_are_packed_and_come_out_the_same(client, accepted, name):
    answer = client.get(f"/static/{name}", headers={"Accept-Encoding": accepted})

    assert unpacked(answer) == (assets.folder("static") / name).read_bytes()
    assert answer.headers.get("Content-Encoding") == (accepted or None)
    assert "Accept-Encoding" in answer.vary


def test_a_packed_file_is_cacheable_for_ever_and_confirmed_by_its_tag(client, app):
    with app.test_request_context():
        address = assets.asset("js/guards.js")
    first = client.get(address, headers={"Accept-Encoding": "zstd"})

    again = client.get(address, headers={"Accept-Encoding": "zstd", "If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["nowhere.css", "../pyproject.toml", "css", "assets.json/.."])
def test_a_file_that_is_not_there_is_not_there_packed(client, name):
    assert client.get(f"/static/{name}", headers={"Accept-Encoding": "zstd"}).status_code == 404


@pytest.mark.parametrize("accepted", ["zstd", "gzip"])
def test_the_editor_loads_at_most_60_kib_of_scripts_and_sheets(write, enter, cast, accepted):
    write("words")
    browser = enter(cast.author)
    page = browser.get("/1/update").text
    loaded = set(re.findall(r'(?:<script[^>]* src|<link rel="stylesheet" href)="([^"]+)"', page))

    sizes = {address: len(browser.get(address, headers={"Accept-Encoding": accepted}).data) for address in loaded}

    assert len(sizes) > 3
    assert sum(sizes.values()) <= FIRST_LOAD_BYTES, dict(sorted(sizes.items(), key=lambda item: -item[1]))
