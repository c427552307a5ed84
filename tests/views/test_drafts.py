"""Drafts by HTTP: what an autosave answers, where a draft is found again, and what its owner can do with it."""

import hashlib
import re

import pytest

from webapp.models import Post
from webapp.operations import people
from webapp.pure.roles import Role

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def hidden(page, name):
    return re.search(rf'<input[^>]* name="{name}" value="([^"]*)"', page.text)[1]


def typed(page):
    return re.search(r'<textarea id="body"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)[1]


def said(body="my words", **changed):
    """Return the fields of a form that was filled with the first revision."""
    return {"title": "A post", "body": body, "tags": "", "note": "", "seen": "0", "save_id": "f", "turn": "1"} | changed


@pytest.fixture
def ana(enter, cast, write):
    """The author's, with post 1 to write on."""
    write("first words")
    return enter(cast.author)


def test_an_autosave_answers_with_the_hash_of_what_was_stored(ana):
    part = ana.send("/1/draft", **said("mine\r\n"), htmx=True)

    assert (part.status_code, part.headers["X-Fragment"]) == (200, "1")
    sha256 = hashlib.sha256(b"A post\n\n\nmine\n").hexdigest()
    assert f'data-sha256="{sha256}"' in part.text
    assert 'data-draft="1" data-state="0"' in part.text
    assert "<b>Your draft</b>" in part.text


def test_the_answer_to_an_autosave_has_no_text_that_could_replace_what_was_typed_meanwhile(ana):
    part = ana.send("/1/draft", **said("mine"), htmx=True)

    assert [part.text.count(field) for field in ("<textarea", 'name="body"', 'name="title"')] == [0, 0, 0]


def test_an_autosave_after_the_session_ended_is_asked_to_sign_in_and_no_conflict(ana):
    with ana.session_transaction() as session:
        del session["_user_id"]

    part = ana.send("/1/draft", **said("mine"), htmx=True)

    assert part.status_code == 401
    assert "conflict" not in part.text.lower()


def test_without_script_it_leads_back_to_the_draft(ana):
    answer = ana.send("/1/draft", **said())

    assert (answer.status_code, answer.location) == (303, "/1/update?draft=1")
    assert "Kept as a draft." in ana.get(answer.location).text


def test_the_editor_opens_with_ones_own_draft(ana):
    ana.send("/1/draft", **said(note="why", caret="3"))

    page = ana.get("/1/update")

    assert (typed(page), hidden(page, "seen"), hidden(page, "draft"), hidden(page, "state")) == (
        "my words", "0", "1", "0",
    )  # fmt: skip
    assert (hidden(page, "caret"), hidden(page, "save_id") == "f") == ("3", False)
    assert 'value="why"' in page.text
    assert "<b>Your draft</b>, " in page.text
    assert 'href="/1/update?draft=1&amp;state=0&amp;view=changes"' in page.text


def test_the_latest_is_still_a_click_away(ana):
    ana.send("/1/draft", **said())

    for number in (0, -1):
        page = ana.get(f"/1/update?revision={number}")
        assert (typed(page), hidden(page, "draft")) == ("first words", "")
        assert "Back to my draft" in page.text


def test_the_latest_is_what_opens_for_whoever_has_no_draft(ana, enter, cast):
    ana.send("/1/draft", **said())

    pages = [enter(cast.editor).get(f"/1/update{query}") for query in ("", "?revision=-1")]

    assert [(typed(page), hidden(page, "seen"), hidden(page, "source")) for page in pages] == [
        ("first words", "0", "")
    ] * 2


def test_a_draft_that_took_up_an_old_revision_says_so(ana, write):
    write("second words", post=Post.get(1))
    ana.send("/1/draft", **said(seen="1", source="0"))

    page = ana.get("/1/update")

    assert (typed(page), hidden(page, "source"), hidden(page, "seen")) == ("my words", "0", "1")
    assert "Previewing revision 0" in page.text


def test_every_state_can_be_opened_in_the_form(ana):
    for turn, body in enumerate(("one", "two", "three"), 1):
        ana.send("/1/draft", **said(body, turn=str(turn)))

    pages = [ana.get(f"/1/update?draft=1&state={state}") for state in range(3)]

    assert [typed(page) for page in pages] == ["one", "two", "three"]
    assert ana.get("/1/update?draft=1&state=3").status_code == 404


def test_a_form_that_holds_a_draft_goes_on_with_it(ana):
    ana.send("/1/draft", **said())
    page = ana.get("/1/update")
    receipt = {name: hidden(page, name) for name in ("seen", "save_id", "draft", "state")}

    ana.send("/1/draft", **said("my words and more", **receipt))

    assert typed(ana.get("/1/update?draft=1")) == "my words and more"
    assert ana.get("/drafts/2").status_code == 404


def test_saving_ends_the_draft(ana):
    ana.send("/1/draft", **said())

    ana.send("/1/update", **said(turn="2"))

    page = ana.get("/1/update")
    assert (typed(page), hidden(page, "seen"), hidden(page, "draft")) == ("my words", "1", "")
    assert "saved as #1" in page.text


def test_a_draft_that_was_saved_is_opened_on_top_of_the_latest(ana):
    ana.send("/1/draft", **said())
    ana.send("/1/update", **said("other words", turn="2"))

    page = ana.get("/1/update?draft=1")

    assert (typed(page), hidden(page, "seen"), hidden(page, "draft")) == ("my words", "1", "")


def test_discarding_and_taking_back(ana):
    ana.send("/1/draft", **said())

    page = ana.send("/drafts/1/discard")
    assert typed(ana.get("/1/update")) == "first words"
    back = ana.send("/drafts/1/take-back")

    assert page.status_code == 303
    assert back.location == "/1/update?draft=1"
    assert typed(ana.get("/1/update")) == "my words"


def test_a_new_post_is_drafted_too(ana):
    ana.send("/create/draft", **said(title="", seen=""))

    assert "Begun and not saved" in ana.get("/").text
    assert "a post without a title" in ana.get("/create").text
    page = ana.get("/create?draft=1")
    assert (typed(page), hidden(page, "draft")) == ("my words", "1")
    receipt = {name: hidden(page, name) for name in ("save_id", "draft", "state")}
    assert ana.send("/create", **said(title="Done", seen="", **receipt)).location == "/2/update"
    assert "Begun and not saved" not in ana.get("/").text


def test_of_many_new_posts_that_were_begun_a_few_stand_above_the_form(ana):
    for number in range(5):
        ana.send("/create/draft", **said(title=f"Begun {number}", seen="", save_id=f"form {number}"))

    page = ana.get("/create").text

    assert [number for number in range(5) if f"Begun {number}" in page] == [2, 3, 4]
    assert "2 more on the desk" in page


def test_the_desk_says_which_posts_hold_a_draft_of_mine(ana, enter, cast):
    assert "Your draft" not in ana.get("/").text

    ana.send("/1/draft", **said())

    assert "Your draft" in ana.get("/").text
    assert "Your draft" not in enter(cast.editor).get("/").text


def test_nothing_of_a_draft_is_in_the_pages_of_others(ana, enter, cast):
    ana.send("/1/draft", **said("a secret", note="hush"))

    for person in (cast.admin, cast.editor):
        other = enter(person)
        pages = [
            other.get(address) for address in ("/", "/1/update", "/1/timeline", "/1/update?revision=0", "/activity")
        ]
        assert [("secret" in page.text, ">Your draft<" in page.text) for page in pages] == [(False, False)] * 5


def test_states_are_fetched_when_they_are_asked_for(ana):
    for turn in range(1, 4):
        ana.send("/1/draft", **said("x" * turn, turn=str(turn)))

    part = ana.get_fragment("/drafts/1")

    assert re.findall(r'href="(/drafts/1\?state=\d)"', part.text) == [f"/drafts/1?state={n}" for n in (2, 1, 0)]


def test_whoever_may_not_edit_any_more_is_told_and_reads_their_text(ana, cast, enter):
    editor = enter(cast.editor)
    editor.send("/1/draft", **said())
    people.change(cast.editor, role=Role.READER, by=cast.admin)
    editor = enter(cast.editor)

    kept = editor.send("/1/draft", **said("my last words", turn="2"))

    assert kept.location == "/drafts/1"
    page = editor.get("/drafts/1")
    assert "You may not edit this post any more." in page.text
    assert "my last words" in page.text
    assert editor.get("/1/update?draft=1").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("save_id", ""),
        ("save_id", "a\0b"),
        *((name, "9" * 20) for name in ("seen", "source", "draft", "turn", "caret")),
    ],
)
def test_a_form_that_no_page_of_ours_sends_is_refused_with_the_text_kept(ana, field, value):
    page = ana.send("/1/draft", **said() | {field: value})

    assert page.status_code == 422
    assert "my words" in page.text
