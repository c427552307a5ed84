"""Before and after one edit is undone."""

import pytest

from webapp.database import db
from webapp.history import preview, undo
from webapp.models import Post

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def latest():
    db.session.rollback()
    return preview.at(Post.get(1))


def test_the_page_says_what_undoing_would_do(write, cast, enter):
    write("a word\n\nb", "a very long word\n\nb", "a very long word\n\nB")

    page = enter(cast.author).get("/1/undo/1")

    assert page.status_code == 200
    assert "Undoing it would take out 2 words." in page.text
    assert "What the revision after it did stays." in page.text
    assert "<fieldset" not in page.text


def test_undoing_makes_a_revision_and_says_so(write, cast, enter):
    write("a\n\nb", "A\n\nb", "A\n\nB")
    browser = enter(cast.editor)

    answer = browser.send("/1/undo/1", seen="2", note="too loud")

    assert (answer.status_code, answer.location) == (303, "/1/update")
    made = latest()
    assert (made.number, made.body, made.kind, made.source_revision, made.note) == (
        3, "a\n\nB", "undone", 1, "too loud",
    )  # fmt: skip
    assert "Undid #1 as #3." in browser.get("/1/update").text


def test_lines_that_were_touched_again_are_chosen(write, cast, enter):
    write("one", "two", "three")
    browser = enter(cast.author)

    page = browser.get("/1/undo/1")
    (question,) = undo.of(Post.get(1), 1).together.questions
    answer = browser.send("/1/undo/1", seen="2", **{f"choice-{question.key}": "theirs"})

    assert "Later edits touch the same lines in one place" in page.text
    assert page.text.count('type="radio"') == 4
    assert (answer.status_code, latest().body) == (303, "one")


def test_without_a_choice_the_page_comes_back_with_what_was_typed(write, cast, enter):
    write("one\n\nx", "two\n\nX", "three\n\nY")
    browser = enter(cast.author)
    first, _second = undo.of(Post.get(1), 1).together.questions
    typed = {f"choice-{first.key}": "edit", f"text-{first.key}": "my own words", "note": "my note"}

    answer = browser.send("/1/undo/1", seen="2", **typed)

    assert answer.status_code == 422
    assert answer.text.count("Choose what becomes of this passage.") == 2  # above all, and at the second passage
    assert "my own words" in answer.text
    assert 'value="edit" required checked' in answer.text
    assert 'value="my note"' in answer.text
    assert latest().number == 2


def test_an_undoing_that_lost_the_race_shows_what_is_newest(write, cast, enter):
    write("a\n\nb", "A\n\nb", "A\n\nB")

    answer = enter(cast.author).send("/1/undo/1", seen="1", note="mine")

    assert (answer.status_code, latest().number) == (409, 2)
    assert "Revision 2 was saved while revision 1 was on your screen, so nothing was done." in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert 'value="mine"' in answer.text


def test_what_is_undone_already_cannot_be_undone_again(write, cast, enter):
    write("one", "two", "one")

    page = enter(cast.author).get("/1/undo/1")

    assert "Later edits already took this back" in page.text
    assert "disabled" in page.text


@pytest.mark.parametrize("number", ["0", "2", "-2", "-9", "999999999"])
def test_what_cannot_be_undone_is_not_found(write, cast, enter, number):
    write("one", "two")
    browser = enter(cast.author)

    assert browser.get(f"/1/undo/{number}").status_code == 404
    assert browser.send(f"/1/undo/{number}", seen="1").status_code == 404


def test_the_beginning_says_why_it_cannot_be_undone(write, cast, enter):
    write("one", "two")

    assert "there is nothing before it to go back to" in enter(cast.author).get("/1/undo/0").text


def test_a_title_that_cannot_be_saved_is_refused_with_its_reason(write, cast, enter):
    post = write("x", title="One")
    write("x", title="Two", post=post)
    write("x", title="Three", post=post)

    answer = enter(cast.author).send("/1/undo/1", seen="2", **{"choice-title": "edit", "text-title": " "})

    assert (answer.status_code, latest().number) == (422, 2)
    assert "A post needs a title." in answer.text
