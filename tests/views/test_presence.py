"""A sign of oneself is answered with who else is there and what is new, or with nothing."""

import re

import pytest

from webapp.operations import publication

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def asks(browser, post_id=1, **known):
    """Ask as the page does whose newest revision is `after`."""
    query = "&".join(f"{name}={value}" for name, value in ({"after": 0, "live": -1} | known).items())
    return browser.send(f"/{post_id}/presence?{query}", htmx=True)


def known(answer):
    return re.search(r'data-known="(\w+)"', answer.text)[1]


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", "", answer.text).split())


def test_a_sign_is_answered_with_who_else_is_there(enter, cast, write):
    write("one")
    enter(cast.editor).send("/1/presence", htmx=True, editing="1")
    enter(cast.admin).send("/1/presence", htmx=True)

    answer = asks(enter(cast.author))

    assert (answer.status_code, answer.headers["X-Fragment"]) == (200, "1")
    assert "Ed Itor is editing, Ada Admin is viewing" in words(answer)


def test_where_nothing_is_new_the_answer_is_empty_and_takes_four_reads(enter, cast, write, statements):
    write("one")
    enter(cast.editor).send("/1/presence", htmx=True)
    browser = enter(cast.author)
    page = browser.get("/1/update")
    asks(browser)

    with statements() as said:
        answer = asks(browser, known=known(page))

    assert (answer.status_code, answer.data, len(said)) == (204, b"", 4)


def test_what_somebody_else_saved_comes_with_it(enter, cast, write):
    post = write("one")
    write("two", post=post, by=cast.editor)

    answer = asks(enter(cast.author), revision=0)

    assert re.findall(r'<li id="revision-(\d+)"', answer.text) == ["1"]
    assert "Revision 0, #1 is newer" in words(answer)
    assert re.search(r'<p id="history-count" data-latest="1">\s*2 revisions', answer.text)
    assert "<textarea" not in answer.text


def test_rows_that_a_filter_leaves_out_are_counted_and_not_listed(enter, cast, write):
    post = write("one")
    write("two", post=post, by=cast.editor)

    answer = asks(enter(cast.author), revision=0, mine=1)

    assert "<li" not in answer.text
    assert 'data-latest="1"' in answer.text


def test_what_readers_see_since_is_said_in_the_rows_and_above_the_form(enter, cast, write):
    post = write("one", "two")
    publication.publish(post, revision=0, by=cast.editor)
    browser = enter(cast.author)
    before = asks(browser, after=1, revision=1)
    publication.publish(post, revision=1, by=cast.editor)
    after = asks(browser, after=1, live=0, revision=1)

    assert "Readers see #0" in words(before)
    assert re.findall(r'hx-target="#revision-(\d+)"', before.text) == ["0"]
    assert "Revision 1, the latest Live" in words(after)
    assert re.findall(r'hx-target="#revision-(\d+)"', after.text) == ["1", "0"]
    assert asks(browser, after=1, live=1, known=known(after)).status_code == 204


def test_a_page_without_a_script_says_who_is_there_too(enter, cast, write):
    write("one")

    assert 'aria-label="Who else is here" hidden' in enter(cast.author).get("/1/update").text
    enter(cast.editor).send("/1/presence", editing="1")
    assert "Ed Itor is editing" in words(enter(cast.author).get("/1/update"))
