"""Later answers as differences to the text that the browser was given: which ones, and that they unpack to the same."""

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest

from tests.views.editing import typed
from webapp.operations import erase, publication
from webapp.views.compression import zstd

pytestmark = pytest.mark.only("sqlite", "packing does not differ by database")

LINES = [f"Line {number} says “{number * 7919 % 1000}” and more, as lines do.\n" for number in range(1500)]
TEXT = "".join(LINES)
OLD = "".join([*LINES[:700], "This line was there once.\n", *LINES[701:]])
CODINGS = "gzip, deflate, br, zstd, dcb, dcz"  # as Chromium says it has them


def offering(text: str, accepted: str = CODINGS) -> dict[str, str]:
    """Return the headers of a browser that has `text` as a dictionary."""
    return {
        "Accept-Encoding": accepted,
        "Available-Dictionary": f":{b64encode(sha256(text.encode()).digest()).decode()}:",
    }


def unpacked(answer, text: str) -> str:
    """Return what a browser makes of an answer, with the dictionary that it has."""
    magic, fingerprint, frame = answer.data[:8], answer.data[8:40], answer.data[40:]
    assert magic == b"\x5e\x2a\x4d\x18\x20\x00\x00\x00"
    assert fingerprint == sha256(text.encode()).digest()
    assert zstd.get_frame_info(frame).decompressed_size is not None
    return zstd.decompress(frame, zstd.ZstdDict(text.encode(), is_raw=True).as_prefix).decode()


@pytest.fixture
def editor(write, enter, cast):
    """The author's browser, on a desk whose post 1 went from OLD to TEXT."""
    write(OLD, TEXT)
    return enter(cast.author)


def dictionary_of(page) -> str | None:
    found = re.search(r'<meta name="dictionary" content="([^"]*)">', page.text)
    return found and found[1]


def test_the_page_names_the_text_of_the_revision_that_it_shows(editor):
    addresses = [dictionary_of(editor.get(f"/1/update{query}")) for query in ("", "?revision=0", "?revision=-2")]

    assert addresses == ["/1/version/1/dictionary", "/1/version/0/dictionary", "/1/version/0/dictionary"]
    assert dictionary_of(editor.get_fragment("/1/update")) is None


def test_a_short_text_and_a_very_long_one_are_no_dictionary(write, enter, cast):
    write("x" * 4095)
    write("words " * (2**20 // 6) + "and more")
    browser = enter(cast.author)

    assert [dictionary_of(browser.get(f"/{post}/update")) for post in (1, 2)] == [None, None]


def test_the_dictionary_is_the_text_for_all_of_this_post_and_for_this_person_alone(editor):
    answer = editor.get("/1/version/0/dictionary")

    assert (answer.text, answer.mimetype) == (OLD, "text/plain")
    assert answer.headers["Use-As-Dictionary"] == 'match="/1/*"'
    assert answer.headers["Cache-Control"] == "private, max-age=28800"
    assert "Cookie" in answer.vary
    assert "ETag" not in answer.headers


def test_below_a_prefix_the_dictionary_is_for_what_is_below_it(editor):
    answer = editor.get("/1/version/0/dictionary", base_url="http://localhost/desk")

    assert answer.headers["Use-As-Dictionary"] == 'match="/desk/1/*"'


@pytest.mark.parametrize(
    ("asked_by", "status"), [("same-origin", 200), (None, 200), ("same-site", 404), ("cross-site", 404)]
)
def test_a_page_of_strangers_gets_no_dictionary(editor, asked_by, status):
    site = {} if asked_by is None else {"Sec-Fetch-Site": asked_by}

    answer = editor.get("/1/version/0/dictionary", headers=site)

    assert (answer.status_code, "Use-As-Dictionary" in answer.headers) == (status, status == 200)


def test_there_is_no_dictionary_of_an_erased_text(write, enter, cast):
    erase.revisions(write(OLD, TEXT), {0}, reason="asked to", by=cast.admin)

    answer = enter(cast.author).get("/1/version/0/dictionary")

    assert (answer.status_code, "Use-As-Dictionary" in answer.headers) == (410, False)


@pytest.mark.parametrize("dictionary", [TEXT, OLD])
@pytest.mark.parametrize(
    "query", ["?revision=0", "?revision=1", "?revision=0&view=changes", "?revision=0&view=rendered"]
)
def test_an_answer_is_the_difference_to_the_text_that_the_browser_has(editor, dictionary, query):
    plain = editor.get_fragment(f"/1/update{query}")

    answer = editor.get_fragment(f"/1/update{query}", headers=offering(dictionary))

    assert answer.headers["Content-Encoding"] == "dcz"
    assert {"Accept-Encoding", "Available-Dictionary"} <= set(answer.vary)
    assert answer.content_length == len(answer.data)
    assert same(unpacked(answer, dictionary)) == same(plain.text)


def same(text: str) -> str:
    """Return a page without what is made anew for every answer."""
    return re.sub(r'name="(csrf_token|save_id)" value="[^"]*"', "", text)


def test_of_a_long_text_it_is_a_fraction(editor):
    asked = ({"Accept-Encoding": "zstd"}, offering(TEXT))

    whole, difference = (len(editor.get_fragment("/1/update?revision=0", headers=how).data) for how in asked)

    assert difference < whole / 2


def test_whole_pages_and_dictionaries_are_differences_too(editor):
    page, dictionary = (
        editor.get(address, headers=offering(TEXT)) for address in ("/1/update", "/1/version/0/dictionary")
    )

    assert [answer.headers["Content-Encoding"] for answer in (page, dictionary)] == ["dcz", "dcz"]
    assert "</html>" in unpacked(page, TEXT)
    assert unpacked(dictionary, TEXT) == OLD
    assert len(dictionary.data) < 500


def test_a_fragment_that_the_browser_has_is_not_sent_whatever_the_dictionary(editor):
    editor.get("/1/update")
    first = editor.get_fragment("/1/update?revision=0", headers=offering(TEXT))

    for headers in (offering(TEXT), offering(OLD), {"Accept-Encoding": "zstd"}, {}):
        again = editor.get_fragment("/1/update?revision=0", headers=headers | {"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data, "Content-Encoding" in again.headers) == (304, b"", False)
        assert {"Accept-Encoding", "Available-Dictionary"} <= set(again.vary)


def test_the_page_of_an_error_is_the_difference_to_nothing(editor, statements):
    with statements() as plain:
        editor.get("/1/update?revision=99")
    with statements() as leaning:
        answer = editor.get("/1/update?revision=99", headers=offering(TEXT))

    assert (answer.status_code, answer.headers["Content-Encoding"]) == (404, "zstd")
    assert len(leaning) == len(plain)


NAMED = offering(TEXT)["Available-Dictionary"]


@pytest.mark.parametrize(
    ("headers", "coding"),
    [
        ({"Accept-Encoding": CODINGS}, "zstd"),
        (offering("a text that the post never had"), "zstd"),
        (offering("text of another post"), "zstd"),
        (offering(TEXT, "gzip, dcb"), "gzip"),
        (offering(TEXT, "zstd, dcz;q=0"), "zstd"),
        (offering(TEXT, "*"), "zstd"),
        (offering(TEXT, ""), None),
        ({"Accept-Encoding": CODINGS, "Available-Dictionary": ""}, "zstd"),
        ({"Accept-Encoding": CODINGS, "Available-Dictionary": NAMED.strip(":")}, "zstd"),
        ({"Accept-Encoding": CODINGS, "Available-Dictionary": f"{NAMED}, {NAMED}"}, "zstd"),
        ({"Accept-Encoding": CODINGS, "Available-Dictionary": NAMED.replace("=", "A")}, "zstd"),
        ({"Accept-Encoding": CODINGS, "Available-Dictionary": ":::"}, "zstd"),
        ({"Accept-Encoding": CODINGS, "Available-Dictionary": sha256(TEXT.encode()).hexdigest()}, "zstd"),
        (offering(TEXT) | {"Sec-Fetch-Site": "same-site"}, None),
        (offering(TEXT) | {"Sec-Fetch-Site": "cross-site"}, None),
    ],
)
def test_without_a_dictionary_that_is_known_here_all_is_as_before(editor, write, headers, coding):
    write("text of another post")

    answer = editor.get("/1/update?revision=0", headers=headers)

    assert answer.headers.get("Content-Encoding") == coding


def test_an_erased_text_is_no_dictionary_any_more(write, enter, cast):
    post = write(OLD, TEXT)
    browser = enter(cast.author)
    before = browser.get("/1/update", headers=offering(OLD))

    erase.revisions(post, {0}, reason="asked to", by=cast.admin)
    after = browser.get("/1/update", headers=offering(OLD))

    assert [answer.headers["Content-Encoding"] for answer in (before, after)] == ["dcz", "zstd"]


def test_who_may_not_see_a_text_cannot_ask_whether_it_exists(write, enter, cast):
    publication.publish(write(OLD, TEXT), revision=0, by=cast.author)

    for person in (cast.reader, cast.other, cast.author):
        answers = [enter(person).get("/1", headers=offering(text)) for text in (TEXT, OLD, "nothing")]
        assert {answer.headers["Content-Encoding"] for answer in answers} == {"zstd"}
        assert all("Available-Dictionary" not in answer.vary for answer in answers)


def test_the_form_holds_exactly_the_text(editor, write):
    hostile = "\n\n</textarea><script>alert(1)</script> \u2028 é 🙂 \\ ' \" &amp;\n" * 100
    write(hostile, hostile + "more")

    answer = editor.get("/2/update?revision=0", headers=offering(hostile + "more"))
    answer.data = unpacked(answer, hostile + "more").encode()

    assert unescape(typed(answer)) == hostile


def test_only_who_offers_a_dictionary_costs_a_query_more(editor, statements):
    for _ in range(2):
        with statements() as plain:
            editor.get_fragment("/1/update?revision=0", headers={"Accept-Encoding": CODINGS})
        with statements() as leaning:
            editor.get_fragment("/1/update?revision=0", headers=offering(TEXT))

    assert len(leaning) == len(plain) + 1
