"""Before and after restoring a revision."""

import pytest

from webapp.database import db
from webapp.history import preview
from webapp.models import Post
from webapp.operations import publication

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def latest():
    db.session.rollback()
    return preview.at(Post.get(1))


def test_the_preview_says_what_restoring_would_change(write, cast, enter):
    write("one two three", "one two four five")

    page = enter(cast.author).get("/1/version/0")

    assert page.status_code == 200
    assert "bring back 1 word and take out 2" in page.text
    assert "Restore this revision" in page.text


def test_htmx_gets_only_how_much(write, cast, enter):
    write("one two three", "one two four five")

    part = enter(cast.author).get_fragment("/1/version/0")

    assert part.headers["X-Fragment"] == "1"
    assert part.text.strip().startswith('<div class="effect"')
    assert "bring back 1 word and take out 2" in part.text


def test_restoring_makes_a_new_revision_that_names_its_source(write, cast, enter):
    write("zero", "one", title="T", tags="a")

    answer = enter(cast.editor).send("/1/version/0", seen="1")

    assert (answer.status_code, answer.location) == (303, "/1/update")
    restored = latest()
    assert (restored.number, restored.body, restored.kind, restored.source_revision) == (2, "zero", "restored", 0)
    assert restored.editor.name == "Ed Itor"


def test_a_restore_is_said_with_the_way_to_undo_it(write, cast, enter):
    write("zero", "one")
    browser = enter(cast.author)

    browser.send("/1/version/0", seen="1")
    page = browser.get("/1/update").text
    swapped = browser.send("/1/version/1", seen="2", htmx=True).text

    assert "Restored #0 as #2." in page
    assert 'action="/1/undo/2"' in page
    assert "Restored #1 as #3." in swapped
    assert 'hx-post="/1/undo/3"' in swapped


def test_a_restore_is_undone_by_a_click(write, cast, enter):
    write("zero", "one")
    browser = enter(cast.author)
    browser.send("/1/version/0", seen="1")

    answer = browser.send("/1/undo/2", seen="2", htmx=True)

    assert (answer.status_code, answer.headers["X-Fragment"]) == (200, "1")
    assert "Undid #2 as #3." in answer.text
    undone = latest()
    assert (undone.number, undone.body, undone.kind, undone.source_revision) == (3, "one", "undone", 2)


def test_an_undo_that_came_too_late_says_so_and_changes_nothing(write, cast, enter):
    write("zero", "one")
    browser = enter(cast.author)
    browser.send("/1/version/0", seen="1")
    write("other", post=Post.get(1))

    answer = browser.send("/1/undo/2", seen="2", htmx=True)

    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#alerts")
    assert "Not undone" in answer.text
    assert latest().body == "other"


def test_what_changed_nothing_has_nothing_to_undo(write, cast, enter):
    write("zero", "one")
    browser = enter(cast.author)

    browser.send("/1/version/1", seen="1")

    assert "data-toast" not in browser.get("/1/update").text


def test_negative_numbers_count_from_the_end(write, cast, enter):
    write("zero", "one", "two")

    enter(cast.author).send("/1/version/-2")

    assert (latest().body, latest().source_revision) == ("one", 1)


def test_restoring_what_is_there_already_makes_nothing(write, cast, enter):
    write("zero", "one")

    answer = enter(cast.author).send("/1/version/1", seen="1")

    assert (answer.status_code, latest().number) == (303, 1)


def test_a_restore_that_lost_the_race_is_refused(write, cast, enter):
    write("zero", "one", "two")

    answer = enter(cast.author).send("/1/version/0", seen="1")

    assert (answer.status_code, latest().number) == (409, 2)


def test_restoring_publishes_nothing(write, cast, enter, client):
    post = write("zero", "one")
    publication.publish(post, revision=1, by=cast.author)

    enter(cast.author).send("/1/version/0", seen="1")

    assert "<p>one</p>" in client.get("/1").text


@pytest.mark.parametrize("number", ["2", "-3", "999999999", "99999999999999999999"])
def test_an_unknown_revision_is_not_found(write, cast, enter, number):
    write("zero", "one")
    browser = enter(cast.author)

    assert browser.get(f"/1/version/{number}").status_code == 404
    assert browser.send(f"/1/version/{number}").status_code in (404, 405)


def test_a_revision_of_another_post_is_not_reached(write, cast, enter):
    write("zero")
    write("other zero", "other one")

    assert enter(cast.author).send("/1/version/1").status_code == 404


def test_htmx_gets_the_restored_form_and_the_new_rows(write, cast, enter):
    write("zero", "one")

    answer = enter(cast.author).send("/1/version/0", htmx=True, seen="1")

    assert (answer.status_code, answer.headers["X-Fragment"]) == (200, "1")
    assert 'data-revision="2"' in answer.text
    assert "restored from #0" in answer.text
