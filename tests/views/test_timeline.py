"""The timeline, a page at a time."""

import re

import pytest

from tests.views.listed import numbers
from webapp.operations import labels, publication

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


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


def test_it_goes_forward_fifty_at_a_time_and_says_so_when_there_is_nothing_newer(long_history, cast, enter):
    browser = enter(cast.author)

    first = browser.get_fragment("/1/timeline?after=9")
    second = browser.get_fragment(re.search(r'hx-get="(/1/timeline\?after=\d+)"', first.text)[1])
    nothing = browser.get_fragment("/1/timeline?after=69")

    assert numbers(first) == list(range(59, 9, -1))
    assert numbers(second) == list(range(69, 59, -1))
    assert "Load" not in second.text
    assert (nothing.status_code, nothing.data) == (204, b"")
    assert "There are no newer revisions" in browser.get("/1/timeline?after=69").text


def test_asking_whether_there_is_something_newer_takes_one_query_besides_the_session(
    long_history, cast, enter, statements
):
    browser = enter(cast.author)
    browser.get_fragment("/1/timeline?after=69")

    with statements() as said:
        browser.get_fragment("/1/timeline?after=69")

    assert len(said) == 2


def test_a_revision_that_arrived_brings_the_number_of_all_along(long_history, cast, enter):
    answer = enter(cast.author).get_fragment("/1/timeline?after=68")

    assert numbers(answer) == [69]
    assert re.search(r'<p id="history-count" data-latest="69">\s*70 revisions', answer.text)


def test_the_window_around_a_revision(long_history, cast, enter):
    assert numbers(enter(cast.author).get_fragment("/1/timeline?revision=5")) == list(range(29, -1, -1))
    assert enter(cast.author).get("/1/timeline?revision=70").status_code == 404


def test_odd_starting_points(long_history, cast, enter):
    browser = enter(cast.author)

    answers = {
        before: browser.get(f"/1/timeline?before={before}").status_code for before in ("0", "-1", "999999999", "x")
    }

    assert answers == {"0": 200, "-1": 200, "999999999": 200, "x": 404}


def test_an_old_revision_opened_directly_stands_among_its_neighbours(long_history, cast, enter):
    page = enter(cast.author).get("/1/update?revision=5")

    assert 5 in numbers(page)
    assert re.search(r'href="/1/update\?revision=5"[^>]*aria-current="true"', page.text)


def test_sessions_of_a_long_history_fold_and_the_one_under_way_does_not(write, cast, enter):
    post = write(*(f"words {number}" for number in range(21)))
    write("a", "b", post=post, by=cast.editor)
    write("c", "d", "e", post=post)
    publication.publish(post, revision=3, by=cast.author)
    browser = enter(cast.author)

    def folds(page):
        return re.findall(r"<details( open)?>", page.text.partition('id="timeline"')[2])

    assert folds(browser.get("/1/update?revision=22")) == [" open"]
    publication.publish(post, revision=25, by=cast.author)
    assert folds(browser.get("/1/update")) == [""]
    assert folds(browser.get("/1/update?revision=4")) == [" open"]
    labels.name(post, 7, name="Sent", by=cast.author)
    assert folds(browser.get("/1/update")) == [" open"]


def test_a_short_history_is_not_folded(write, cast, enter):
    post = write("a", "b", "c")
    write("d", post=post, by=cast.editor)

    assert "<details open>" in enter(cast.author).get("/1/timeline").text


def test_a_folded_session_says_what_is_in_it(write, cast, enter):
    post = write(*(f"{number} words" for number in range(21)))
    write("x", post=post, by=cast.editor)

    summary = re.search(r"<summary>.*?</summary>", enter(cast.author).get("/1/timeline").text, re.DOTALL)[0]

    assert re.fullmatch(
        r"AR Ana Ruiz #0–#20 21 revisions, \d\d:\d\d–\d\d:\d\d \+22, 22 words added−20, 20 words removed",
        " ".join(re.sub(r"<[^>]+>", "", summary).split()),
    )
