"""Which revisions the timeline lists, as its addresses say it."""

import re

import pytest

from tests.views.listed import numbers
from webapp import clock
from webapp.operations import labels

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


@pytest.fixture
def by_three(write, cast):
    """Return a post with #0 of Ana's, #1 of Ed's and #2 of Ana's, which has a name."""
    post = write("one")
    write("two", post=post, by=cast.editor)
    write("three", post=post)
    labels.name(post, 2, name="Sent", by=cast.author)
    return post


@pytest.mark.parametrize("address", ["/1/timeline", "/1/update"])
def test_it_can_be_filtered(by_three, cast, enter, address):
    browser = enter(cast.editor)
    ana, ed, other = (person.public_id for person in (cast.author, cast.editor, cast.other))

    found = {
        query: numbers(browser.get(f"{address}?{query}"))
        for query in (
            "labelled=1", "mine=1", f"author={ana}", f"author={ana}&labelled=1", "mine=1&labelled=1", f"author={other}",
            f"author={ana}&mine=1", f"author={ed}&mine=1", "author=&labelled=&mine=&on=", "mine=0&labelled=x",
        )
    }  # fmt: skip

    assert list(found.values()) == [[2], [1], [2, 0], [2], [], [], [], [1], [2, 1, 0], [2, 1, 0]]


def test_a_filter_is_kept_by_every_link(long_history, cast, enter):
    page = enter(cast.author).get("/1/update?mine=1&labelled=").text

    assert set(re.findall(r'href="(/1/(?:update|timeline)\?[^"]*)"', page.partition('id="history"')[2])) == {
        *(f"/1/update?revision={number}&amp;mine=1" for number in range(69, 19, -1)),
        "/1/timeline?before=20&amp;mine=1",
        "/1/update?mine=1",
    }


def test_filtering_keeps_the_view_and_the_revision_that_are_open(long_history, cast, enter):
    page = enter(cast.author).get("/1/update?revision=3&view=changes&as=split&with=previous").text
    form = page.partition("data-filters>")[2].partition("</form>")[0]

    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', form))
    assert carried == {"revision": "3", "view": "changes", "as": "split", "with": "previous"}
    assert 'href="/1/update?revision=3&amp;view=changes&amp;as=split&amp;with=previous" data-filters-all' in form


def test_an_empty_list_says_why(long_history, cast, enter):
    browser = enter(cast.editor)

    for query, said in (
        ("labelled=1", "No revision has a name yet."),
        ("mine=1", "You have not saved a revision of this post yet."),
        ("mine=1&labelled=1", "No revision matches these filters."),
        ("on=1999-12-31", "There is no revision of 31 December 1999 or before."),
        ("before=0", "There are no older revisions."),
    ):
        assert said in browser.get_fragment(f"/1/timeline?{query}").text


def test_one_can_jump_to_a_day(long_history, cast, enter):
    browser = enter(cast.author)
    today = f"{clock.now():%Y-%m-%d}"

    assert numbers(browser.get_fragment(f"/1/timeline?on={today}")) == list(range(69, 19, -1))
    assert numbers(browser.get_fragment("/1/timeline?on=2000-01-01")) == []
    assert "Load newer revisions" in browser.get("/1/update?on=2000-01-01").text


@pytest.mark.parametrize(
    "query",
    [
        "on=yesterday",
        "on=2026-02-30",
        "on=20260101",
        "on=9999-12-31",
        "author=%00",
        "author=a'b",
        "author=é",
        "after=x",
    ],
)
def test_what_cannot_be_meant_is_not_found(by_three, cast, enter, query):
    browser = enter(cast.author)

    assert browser.get(f"/1/timeline?{query}").status_code == 404
