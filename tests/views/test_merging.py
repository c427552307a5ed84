"""Lost races by HTTP: merged where it goes, asked where it does not, and undone with one button."""

import re

import pytest

from webapp.models import Post
from webapp.operations import merging, posts

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")

BASE = "one\n\ntwo\n\nthree\n"
HERS = "one by her\n\ntwo\n\nthree\n"
MINE = "one\n\ntwo\n\nthree of mine\n"
BOTH = "one by her\n\ntwo\n\nthree of mine\n"
CLASH = "one by me\n\ntwo\n\nthree of mine\n"


def typed(page):
    return re.search(r'<textarea id="body"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)[1]


def said(body, **changed):
    return {"title": "A post", "body": body, "tags": "", "note": "", "seen": "0", "save_id": "f"} | changed


@pytest.fixture
def ed(enter, cast, write):
    """The editor's browser, whose form was filled with revision 0 before Ana saved revision 1."""
    write(BASE)
    merging.save(Post.get(1), title="A post", body=HERS, tags="", note="", seen=0, by=cast.author)
    return enter(cast.editor)


def test_changes_in_other_places_are_saved_together(ed):
    answer = ed.send("/1/update", **said(MINE))

    assert (answer.status_code, answer.location) == (303, "/1/update")
    page = ed.get("/1/update")
    assert typed(page) == BOTH
    assert 'Saved by merging with <b dir="auto">Ana Ruiz</b>’s change, revision 1.' in page.text
    assert "merged with #1" in page.text


def test_htmx_gets_what_the_text_became(ed):
    answer = ed.send("/1/update", htmx=True, **said(MINE))

    assert re.search(r'data-became="body" value="([^"]*)"', answer.text)[1] == BOTH
    assert "Saved by merging with" in answer.text
    assert answer.text.count('id="timeline"') == 1


def test_only_whoever_merged_is_told_so(ed, enter, cast):
    ed.send("/1/update", **said(MINE))

    assert "Saved by merging with" not in enter(cast.author).get("/1/update").text


def test_a_clash_is_asked_about_with_everything_still_there(ed):
    page = ed.send("/1/update", **said(CLASH))

    assert page.status_code == 409
    assert typed(page) == CLASH
    assert "Ana Ruiz</span> saved revision 1 while you were editing" in page.text
    assert len(re.findall(r'<input type="radio"', page.text)) == 4
    # What is in the form is mine: nobody looks at the old revision that it grew from, and would restore it.
    assert ("Restore this revision" in page.text, "#1 is newer" in page.text) == (False, True)
    assert "Both of you changed the same words in one place" in page.text


@pytest.mark.parametrize(
    ("choice", "first"), [("theirs", "one by her"), ("both", "one by me\none by her"), ("edit", "us")]
)
def test_the_answer_is_saved(ed, choice, first):
    key = re.search(r'name="choice-([^"]+)"', ed.send("/1/update", **said(CLASH)).text)[1]

    answer = ed.send("/1/update", **said(CLASH), **{f"choice-{key}": choice, f"text-{key}": "us"})

    assert answer.status_code == 303
    assert typed(ed.get("/1/update")) == f"{first}\n\ntwo\n\nthree of mine\n"


def test_a_question_without_an_answer_is_asked_again(ed):
    answer = ed.send("/1/update", **said(CLASH), **{"choice-other": "ours"})

    assert answer.status_code == 409
    assert "Choose what becomes of this passage." in answer.text


def test_ones_own_other_tab_is_called_so(enter, cast, ed):
    page = enter(cast.author).send("/1/update", **said(CLASH))

    assert page.status_code == 409
    assert "You saved revision 1 in another tab" in page.text


def test_the_text_before_the_merge_stays_beside_it(ed, enter, cast):
    ed.send("/1/update", **said(MINE))

    assert 'href="/1/version/2/side"' in ed.get("/1/update").text
    for browser, name in ((ed, "Your text"), (enter(cast.author), "Ed Itor")):
        page = browser.get("/1/version/2/side")
        assert (page.status_code, name in page.text, MINE in page.text) == (200, True, True)
    assert enter(cast.other).get("/1/version/2/side").status_code == 404
    assert ed.get("/1/version/1/side").status_code == 404


def test_a_merge_is_undone(ed):
    ed.send("/1/update", **said(MINE))

    answer = ed.send("/1/version/2/unmerge", seen="2")

    assert (answer.status_code, answer.location) == (303, "/1/update")
    page = ed.get("/1/update")
    assert typed(page) == MINE
    assert typed(ed.get("/1/update?revision=3")) == HERS
    assert "The merge is undone in revision 3." in page.text


def test_a_merge_that_others_built_on_is_not_undone(ed, cast):
    ed.send("/1/update", **said(MINE))
    posts.write(Post.get(1), title="A post", body="else", tags="", note="", seen=2, by=cast.author)

    assert ed.send("/1/version/2/unmerge", seen="2").status_code == 409
