"""What helps while one writes: there with the page, and left out of its parts."""

import re

import pytest

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def length(page: str) -> str:
    (said,) = re.findall(r'<p id="length"[^>]*>(.*?)</p>', page, re.DOTALL)
    return re.sub(r"<[^>]*>", "", said).strip()


def suggested(page: str) -> list[str]:
    (options,) = re.findall(r'<datalist id="known-tags">(.*?)</datalist>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]*)">', options)


@pytest.mark.parametrize(
    ("body", "said"),
    [("", ""), ("one", "1 word · 1 min to read"), ("two words " * 700, "1,400 words · 6 min to read")],
)
def test_the_page_says_how_long_the_text_is(write, cast, enter, body, said):
    write("something", body)

    assert length(enter(cast.author).get("/1/update").text) == said


def test_a_part_of_the_page_counts_nothing(write, cast, enter):
    write("some words")

    part = enter(cast.author).get_fragment("/1/update").text

    assert length(part) == ""
    assert "known-tags" in part
    assert "<datalist" not in part


def test_tags_that_are_known_are_suggested(write, cast, enter):
    write("one", tags='sea, "quoted" & <more>')
    write("two", tags="sea")
    browser = enter(cast.author)

    for address in ("/1/update", "/create"):
        assert suggested(browser.get(address).text) == ["sea", "&#34;quoted&#34; &amp; &lt;more&gt;"]


def test_a_refused_new_post_has_the_aids_too(write, cast, enter):
    write("one", tags="sea")

    page = enter(cast.author).send("/create", title="", body="two words", tags="", note="")

    assert page.status_code == 422
    assert (length(page.text), suggested(page.text)) == ("2 words · 1 min to read", ["sea"])


def test_the_note_of_an_old_revision_begins_with_where_it_comes_from(write, cast, enter):
    write("one", "two")
    browser = enter(cast.author)

    old, latest = browser.get("/1/update?revision=0").text, browser.get("/1/update").text

    assert ['placeholder="Restored from #0"' in page for page in (old, latest)] == [True, False]
    assert 'placeholder="What changed, and why"' in latest
