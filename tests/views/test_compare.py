"""Two revisions, one against the other."""

import pytest

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def test_it_shows_what_changed_between_any_two(write, cast, enter):
    write("one", "two", "three")

    page = enter(cast.author).get("/1/compare?from=0&to=2")

    assert page.status_code == 200
    assert "Deleted: </span>one</del>" in page.text
    assert "Inserted: </span>three</ins>" in page.text


def test_by_default_the_last_change_is_shown(write, cast, enter):
    write("one", "two", "three")
    browser = enter(cast.author)

    assert "Deleted: </span>two</del>" in browser.get("/1/compare").text


@pytest.mark.parametrize("query", ["from=0&to=9", "from=x", "to=-9", "from=0&to=1.5"])
def test_what_is_no_revision_is_not_found(write, cast, enter, query):
    write("one", "two")

    assert enter(cast.author).get(f"/1/compare?{query}").status_code == 404
