"""What a save in the editor answers, and that what was typed is still there where it refuses."""

import re

import pytest

from tests.views.editing import form, stored, typed
from webapp.history import head, preview
from webapp.operations import trash
from webapp.pure import delta

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def test_a_save_makes_a_revision_and_goes_back_to_the_editor(enter, cast, write):
    write("zero")
    browser = enter(cast.author)

    answer = browser.send("/1/update", **form(browser.get("/1/update"), body="one\r\ntwo", note="why"))

    assert (answer.status_code, answer.location) == (303, "/1/update")
    saved = preview.at(stored())
    assert (saved.number, saved.body, saved.note, saved.kind) == (1, "one\ntwo", "why", "written")


def test_saving_an_old_revision_makes_a_new_one_that_names_it(enter, cast, write):
    write("zero", "one", "two")
    browser = enter(cast.author)

    browser.send("/1/update", **form(browser.get("/1/update?revision=0")))

    saved = preview.at(stored())
    assert (saved.number, saved.body, saved.kind, saved.source_revision) == (3, "zero", "restored", 0)


def test_an_unchanged_form_makes_no_revision(enter, cast, write):
    write("zero", "one\n")
    browser = enter(cast.author)

    answer = browser.send("/1/update", **form(browser.get("/1/update"), note="nothing"))

    assert (answer.status_code, stored().revision) == (303, 1)


def test_the_same_save_sent_twice_saves_once(enter, cast, write):
    write("zero")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), body="one")

    answers = [browser.send("/1/update", **fields).status_code for _ in range(2)]

    assert (answers, stored().revision) == ([303, 303], 1)


def test_a_lost_race_keeps_what_was_typed_in_the_form(enter, cast, write):
    post = write("zero")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), title="My title", body="mine", tags="a", note="my note")
    write("theirs", post=post, by=cast.editor)

    page = browser.send("/1/update", **fields)

    assert page.status_code == 409
    assert typed(page) == "mine"
    for kept in (">My title</textarea>", 'value="a"', 'value="my note"', "Ed Itor", "/1/compare?from=0&amp;to=1"):
        assert kept in page.text
    assert (stored().revision, stored().body) == (1, "theirs")


def test_after_a_lost_race_one_can_save_on_top(enter, cast, write):
    post = write("zero")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), body="mine")
    write("theirs", post=post, by=cast.editor)
    lost = browser.send("/1/update", **fields)

    answer = browser.send("/1/update", **form(lost), over="1")

    assert answer.status_code == 303
    assert [version.body for version in stored().versions] == ["zero", "theirs", "mine"]


def test_on_top_of_one_revision_is_not_on_top_of_the_next(enter, cast, write):
    post = write("zero", "one")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), body="mine", seen="0")
    write("two", post=post)

    assert browser.send("/1/update", **fields, over="1").status_code == 409


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"title": ""}, 422, "A post needs a title."),
        ({"title": "x" * 301}, 422, "A title has at most 300 characters, this one 301."),
        ({"body": "nul \0 nul"}, 422, "The body holds a NUL character"),
        ({"note": "n" * 501}, 422, "A note has at most 500 characters, this one 501."),
        ({"tags": "t" * 61}, 422, "A tag has at most 60 characters"),
        ({"body": "x" * (2 * 2**20 + 1)}, 413, "A text has at most 2 MiB"),
    ],
)
def test_bad_input_is_refused_with_its_reason_and_the_text_kept(enter, cast, write, fields, status, words):
    write("zero")
    browser = enter(cast.author)

    page = browser.send("/1/update", **form(browser.get("/1/update"), **{"body": "typed"} | fields))

    assert page.status_code == status
    assert words in page.text
    assert typed(page).replace("\0", "") == fields.get("body", "typed").replace("\0", "")
    assert stored().revision == 0


@pytest.mark.parametrize("field", ["seen", "source", "over"])
@pytest.mark.parametrize("value", ["x", "-1", "1e3", "9" * 40])
def test_hidden_fields_that_no_form_of_ours_sends_are_refused_with_the_text_kept(enter, cast, write, field, value):
    write("zero")
    browser = enter(cast.author)

    page = browser.send("/1/update", **form(browser.get("/1/update"), body="typed") | {field: value})

    assert page.status_code in (404, 409, 422)
    assert "typed" in page.text
    assert stored().revision == 0


def test_htmx_gets_everything_around_the_text_after_a_save(enter, cast, write):
    write("zero")
    browser = enter(cast.author)

    answer = browser.send("/1/update", htmx=True, **form(browser.get("/1/update"), body="one"))

    assert (answer.status_code, answer.headers["X-Fragment"]) == (200, "1")
    assert answer.headers["HX-Push-Url"] == "/1/update"
    assert "<textarea" not in answer.text
    assert 'name="seen" value="1"' in answer.text
    assert "Revision 1" in answer.text


def test_a_new_title_reaches_the_top_bar_and_the_column_of_posts(enter, cast, write):
    write("zero")
    browser = enter(cast.author)

    answer = browser.send("/1/update", htmx=True, **form(browser.get("/1/update"), title="Another name"))

    beside = re.findall(r'<hx-partial hx-target="(\.[^"]*)"[^>]*>(.*?)</hx-partial>', answer.text, re.DOTALL)
    assert [target for target, words in beside if "Another name" in words] == [
        ".crumbs [aria-current]",
        ".posts [aria-current]",
    ]


def test_the_answer_to_a_save_has_all_that_was_stored_and_no_note_where_none_was(enter, cast, write):
    write("zero")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), body="one", note=" why  so ")

    saved, again = (browser.send("/1/update", htmx=True, **fields) for _ in range(2))

    sha256 = delta.fingerprint(b"one").hex()
    assert f'data-sha256="{sha256}" data-title="A post" data-tags="" data-saved="1" data-note="why so">' in saved.text
    assert f'data-sha256="{sha256}" data-title="A post" data-tags="">' in again.text


def test_htmx_gets_the_reasons_and_leaves_the_text_alone_when_a_save_is_refused(enter, cast, write):
    post = write("zero")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), body="mine")
    write("theirs", post=post, by=cast.editor)

    answer = browser.send("/1/update", htmx=True, **fields)

    assert (answer.status_code, answer.headers["X-Fragment"], answer.headers["HX-Push-Url"]) == (409, "1", "false")
    assert 'id="body"' not in answer.text
    assert "Ed Itor" in answer.text


def test_publish_saves_and_shows_it_to_readers(enter, cast, write, client):
    write("zero")
    browser = enter(cast.author)

    browser.send("/1/update", **form(browser.get("/1/update"), body="# one", action="publish"))

    assert "one</h1>" in client.get("/1").text


def test_publish_of_an_unchanged_text_publishes_it(enter, cast, write):
    write("zero")
    browser = enter(cast.author)

    browser.send("/1/update", **form(browser.get("/1/update"), action="publish"))

    assert head.of(1, by=cast.author).live_revision == 0


def test_what_was_typed_on_a_post_that_went_to_the_trash_is_kept_as_a_draft(enter, cast, write):
    post = write("zero")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), body="typed before it was deleted")
    trash.delete(post, by=cast.author)

    page = browser.get(browser.send("/1/update", **fields).location)

    assert "This post is in the trash. What you typed is kept as a draft." in page.text
    assert "typed before it was deleted" in page.text
    assert stored().revision == 0


def test_a_session_that_ended_while_typing_keeps_the_text(enter, cast, write):
    write("zero")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), body="typed for an hour")
    with browser.session_transaction() as session:
        del session["_user_id"]

    page = browser.send("/1/update", **fields)

    assert page.status_code == 401
    assert "typed for an hour" in page.text
    assert stored().revision == 0


def test_the_text_comes_back_byte_for_byte(enter, cast, write):
    write("x")
    browser = enter(cast.author)
    text = (
        "\n\nleading newlines, <b>&amp; \"quotes\" 'x', tabs\t, </textarea>, e\u0301 é 漢 👩‍👩‍👧 "
        "\u202eabc\u202c \ufeff \u2028 \x0b \n\n"
    )

    browser.send("/1/update", **form(browser.get("/1/update"), body=text.replace("\n", "\r\n")))

    assert stored().body == text


def test_a_form_without_its_text_empties_nothing(enter, cast, write):
    write("zero")

    page = enter(cast.author).send("/1/update", title="T", seen="0")

    assert (page.status_code, stored().body) == (422, "zero")


def test_going_back_to_a_saved_form_and_typing_on_loses_nothing(enter, cast, write):
    write("zero")
    browser = enter(cast.author)
    fields = form(browser.get("/1/update"), body="one")
    browser.send("/1/update", **fields)

    page = browser.send("/1/update", **fields | {"body": "one and more"})

    assert (page.status_code, typed(page)) == (409, "one and more")
