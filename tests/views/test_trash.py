"""The trash: in, out, and for good."""

import pytest

from webapp.operations import publication

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def test_a_deleted_post_comes_back_with_its_history(write, cast, enter, client):
    publication.publish(write("zero", "one", title="Kept"), revision=1, by=cast.author)
    browser = enter(cast.author)

    browser.send("/1/delete")
    gone = [browser.get(address).status_code for address in ("/1", "/1/update", "/1/timeline")]
    in_trash = "Kept" in browser.get("/trash").text
    answer = browser.send("/1/undelete")

    assert (gone, in_trash, client.get("/1").status_code) == ([404] * 3, True, 200)
    assert (answer.status_code, answer.location) == (303, "/1/update")
    assert "Revision 0" in browser.get("/1/update").text


def test_authors_see_only_their_own_posts_in_the_trash(write, cast, enter):
    write("mine", title="Mine")
    write("theirs", title="Theirs", by=cast.other)
    enter(cast.admin).send("/1/delete")
    enter(cast.admin).send("/2/delete")

    seen = {who: [title in enter(getattr(cast, who)).get("/trash").text for title in ("Mine", "Theirs")]
            for who in ("author", "other", "editor")}  # fmt: skip

    assert seen == {"author": [True, False], "other": [False, True], "editor": [True, True]}


def test_deleting_for_good_asks_for_a_reason(write, cast, enter):
    write("zero", title="Doomed")
    browser = enter(cast.admin)
    browser.send("/1/delete")

    page = browser.send("/1/erase", reason=" ")

    assert page.status_code == 422
    assert "Say why" in page.text
    assert "Doomed" in browser.get("/trash").text


def test_what_was_deleted_for_good_says_so_to_those_who_could_edit_it(write, cast, enter, client):
    write("zero", title="Doomed")
    browser = enter(cast.admin)
    browser.send("/1/delete")

    answer = browser.send("/1/erase", reason="they asked for it")

    assert (answer.status_code, answer.location) == (303, "/trash")
    browser.get("/")  # the notices are said
    assert "Doomed" not in browser.get("/trash").text
    for address in ("/1/update", "/1", "/1?revision=0"):
        page = browser.get(address)
        assert page.status_code == 410
        assert "Taken out by Ada Admin" in page.text
        assert "they asked for it" in page.text
    assert client.get("/1").status_code == 404


def test_a_post_outside_the_trash_cannot_be_erased(write, cast, enter):
    write("zero")

    assert enter(cast.admin).send("/1/erase", reason="why not").status_code == 404
