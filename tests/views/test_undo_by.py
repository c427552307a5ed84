"""Before and after all edits of one person are undone."""

import re

import pytest

from webapp.database import db
from webapp.history import preview
from webapp.models import Post

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")

LINES = "a word\n\nb\n\nc\n"


@pytest.fixture
def address(write, cast):
    """Post 1: Ana begins, Ed changes two places, one of which Ana changes again."""
    post = write(LINES)
    write(LINES.replace("a word", "another word"), by=cast.editor, post=post)
    write("another word\n\nb\n\nC\n", by=cast.editor, post=post)
    write("another word\n\nB\n\nC\n", post=post)
    return f"/1/undo-by?person={cast.editor.public_id}&since=1"


def latest():
    db.session.rollback()
    return preview.at(Post.get(1))


def test_the_page_says_which_edits_and_what_undoing_them_would_do(address, cast, enter):
    page = enter(cast.author).get(address)

    assert page.status_code == 200
    assert "2 revisions: #1 to #2" in page.text
    assert "Undoing them would bring back 2 words and take out 2." in page.text


def test_undoing_makes_one_revision(address, cast, enter):
    browser = enter(cast.author)

    answer = browser.send(address, seen="3", note="too loud")

    assert (answer.status_code, answer.location) == (303, "/1/update")
    made = latest()
    assert (made.number, made.body, made.kind, made.note) == (4, "a word\n\nB\n\nc\n", "undone", "too loud")
    assert "Undone as #4." in browser.get("/1/update").text


@pytest.fixture
def clash(write, cast):
    """Ed changes both places, Ana changes one of them again."""
    post = write(LINES)
    write("another word\n\nb\n\nC\n", by=cast.editor, post=post)
    write("a third word\n\nb\n\nC\n", post=post)
    return f"/1/undo-by?person={cast.editor.public_id}&since=1"


def key(page):
    return re.search(r'name="choice-([^"]*)"', page.text)[1]


def test_what_others_touched_since_is_chosen_on_the_same_page(clash, cast, enter):
    browser = enter(cast.author)
    page = browser.get(clash)
    assert "Others touched the same lines since in one place" in page.text
    assert "As it was before revision 1" in page.text

    answer = browser.send(clash, seen="2", **{f"choice-{key(page)}": "both"})

    assert (answer.status_code, latest().body) == (303, "a third word\na word\n\nb\n\nc\n")


def test_what_is_not_chosen_is_asked_again_with_the_rest_kept(clash, cast, enter):
    answer = enter(cast.author).send(clash, seen="2", note="too loud", **{"choice-1-gone": "ours"})

    assert (answer.status_code, latest().number) == (422, 2)
    assert answer.text.count("Choose what becomes of this passage.") == 2  # above the page, and at the passage
    assert 'value="too loud"' in answer.text


def test_what_lost_the_race_is_shown_anew(address, write, cast, enter):
    write("another word\n\nB\n\nC\n\nd\n", post=Post.get(1))

    answer = enter(cast.author).send(address, seen="3", note="mine")

    assert (answer.status_code, latest().number) == (409, 4)
    assert 'name="seen" value="4"' in answer.text
    assert 'value="mine"' in answer.text


def test_the_page_of_one_edit_leads_there(address, cast, enter):
    page = enter(cast.author).get("/1/undo/1")

    assert "made one more edit since" in page.text
    assert address.replace("&", "&amp;") in page.text


@pytest.mark.parametrize("asked", ["", "?person=nobody", "?since=1", "?person=nobody&since=x"])
def test_nobody_has_nothing_to_undo(address, cast, enter, asked):
    browser = enter(cast.author)

    assert browser.get(f"/1/undo-by{asked}").status_code == 404
    assert browser.send(f"/1/undo-by{asked}", seen="3").status_code == 404
