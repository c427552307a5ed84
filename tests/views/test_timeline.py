"""The timeline, a page at a time."""

import re

import pytest

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def numbers(page):
    return [int(number) for number in re.findall(r'<li id="revision-(\d+)"', page.text)]


@pytest.fixture
def long_history(write):
    return write(*(f"words {number}" for number in range(70)))


def test_it_goes_back_fifty_at_a_time(long_history, cast, enter):
    browser = enter(cast.author)

    first = browser.get_fragment("/1/timeline")
    second = browser.get_fragment(re.search(r'hx-get="(/1/timeline\?before=\d+)"', first.text)[1])

    assert numbers(first) == list(range(69, 19, -1))
    assert numbers(second) == list(range(19, -1, -1))
    assert "Load older revisions" not in second.text


def test_without_a_script_it_is_a_page_of_links(long_history, cast, enter):
    page = enter(cast.author).get("/1/timeline?before=3")

    assert numbers(page) == [2, 1, 0]
    assert 'aria-label="Revision timeline"' in page.text


@pytest.mark.parametrize(("before", "status"), [("0", 200), ("-1", 200), ("999999999", 200), ("x", 404)])
def test_odd_starting_points(long_history, cast, enter, before, status):
    assert enter(cast.author).get(f"/1/timeline?before={before}").status_code == status


def test_an_old_revision_opened_directly_stands_among_its_neighbours(long_history, cast, enter):
    page = enter(cast.author).get("/1/update?revision=5")

    assert 5 in numbers(page)
    assert re.search(r'href="/1/update\?revision=5"[^>]*aria-current="true"', page.text)
