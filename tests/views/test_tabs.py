"""Edit, Rendered and Changes: one address each, the same form behind all of them."""

import html
import re

import pytest

from webapp.operations import erase

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def marked(answer):
    """Return what the page marks as gone and as come."""
    found = re.findall(r'<(del|ins)><span class="visually-hidden">\w+: </span>([^<]*)', answer.text)
    return [("-" if tag == "del" else "+") + words for tag, words in found]


def current(answer):
    """Return the words of the tab that is open."""
    return re.findall(r'aria-current="page" data-tab="\w+">([^<]+)<', answer.text)


def text_of_form(answer):
    return re.findall(r'<textarea id="body"[^>]*>\n([^<]*)</textarea>', answer.text)


@pytest.mark.parametrize(
    ("query", "tab"),
    [("", "Edit"), ("view=edit", "Edit"), ("view=rendered", "Rendered"), ("revision=0&view=changes", "Changes")],
)
def test_each_tab_opens_by_its_address_with_the_form_behind_it(write, cast, enter, query, tab):
    write("*one*", "*two*")

    page = enter(cast.author).get(f"/1/update?{query}")

    assert (page.status_code, current(page)) == (200, [tab])
    assert text_of_form(page) == ["*one*" if "revision=0" in query else "*two*"]


def test_a_revision_is_rendered_as_its_readers_would_see_it(write, cast, enter):
    write("*one*", "*two*", title="A title")

    page = enter(cast.author).get("/1/update?revision=0&view=rendered").text

    assert '<div class="prose" dir="auto" hx-ignore><p><em>one</em></p>\n</div>' in page


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        ("revision=1", ["-one", "+three"]),
        ("revision=1&with=latest", ["-one", "+three"]),
        ("revision=1&with=previous", ["-zero", "+one"]),
        ("revision=1&with=0", ["-zero", "+one"]),
        ("revision=1&with=2", ["-one", "+two"]),
        ("", ["-two", "+three"]),
        ("with=0", ["-zero", "+three"]),
        ("revision=3&with=latest", []),
    ],
)
def test_changes_are_from_the_older_to_the_newer(write, cast, enter, query, changes):
    write("zero", "one", "two", "three")

    assert marked(enter(cast.author).get(f"/1/update?view=changes&{query}")) == changes


def test_before_the_first_revision_there_is_nothing(write, cast, enter):
    write("zero")

    assert "there is none before it" in enter(cast.author).get("/1/update?view=changes").text


def drafted(browser, body):
    sent = {"title": "A post", "body": body, "tags": "", "note": "", "seen": "2", "save_id": "s", "turn": "1"}
    assert browser.send("/1/draft", **sent, htmx=True).status_code == 200


def test_any_revision_is_compared_with_ones_own_draft(write, cast, enter):
    write("zero", "one", "two")
    browser = enter(cast.author)
    drafted(browser, "mine")

    page = browser.get("/1/update?revision=1&view=changes&with=draft")

    assert (marked(page), text_of_form(page)) == (["-one", "+mine"], ["one"])
    assert "From revision 1 to your draft" in page.text
    (tick,) = re.findall(r'name="only" value="([^"]+)"', page.text)
    assert text_of_form(browser.send("/1/take", only=tick)) == ["one"]


def test_the_draft_is_offered_where_it_is_not_what_is_looked_at(write, cast, enter):
    write("zero", "one", "two")
    author, editor = enter(cast.author), enter(cast.editor)
    drafted(author, "mine")

    pages = [author.get(f"/1/update?{at}view=changes").text for at in ("", "revision=1&", "draft=1&")]

    assert ['id="against-draft"' in page for page in pages] == [False, True, False]
    assert 'id="against-draft"' not in editor.get("/1/update?revision=1&view=changes").text
    assert "You have no draft" in editor.get("/1/update?revision=1&view=changes&with=draft").text


def test_folded_lines_of_a_draft_open_without_saving_it(write, cast, enter):
    same = "\n".join(f"line {number}" for number in range(30))
    write("zero", "one", f"{same}\ntwo")
    browser = enter(cast.author)
    drafted(browser, f"{same}\nmine")

    kept = browser.get("/1/update?view=changes").text
    beside = browser.get("/1/update?revision=2&view=changes&with=draft").text
    (address,) = re.findall(r'class="fold"[^>]* href="([^#]*)#opened"', beside)

    assert 'formaction="/1/compare?to=form&amp;from=2&amp;view=inline" name="open" value="1-27"' in kept
    assert "line 5" in browser.get(html.unescape(address)).text.partition('id="panel"')[2]


def test_a_text_that_is_not_kept_does_not_hide_the_revision_beside_it(write, cast, enter):
    post = write("secret", "one", "two")
    erase.revisions(post, [0], reason="asked to", by=cast.admin)

    page = enter(cast.author).get("/1/update?revision=1&view=changes&with=previous")

    assert page.status_code == 200
    assert "asked to" in page.text


@pytest.mark.parametrize("query", ["view=other", "view=changes&as=other", "view=changes&with=9", "view=changes&with=x"])
def test_what_is_no_view_is_not_found(write, cast, enter, query):
    write("one", "two")

    assert enter(cast.author).get(f"/1/update?{query}").status_code == 404


def test_to_htmx_a_tab_answers_the_panel_and_the_tabs_alone(write, cast, enter):
    write("one", "two")
    browser = enter(cast.author)

    answer = browser.get_fragment("/1/update?revision=0&view=changes&part=panel")

    assert answer.headers["X-Fragment"] == "1"
    assert answer.headers["HX-Push-Url"] == "/1/update?revision=0&view=changes"
    assert (marked(answer), current(answer), text_of_form(answer)) == (["-one", "+two"], ["Changes"], [])
    assert 'id="panel"' in answer.text


def test_the_fragment_of_a_revision_has_the_panel_that_is_asked_for(write, cast, enter):
    write("one", "two")
    browser = enter(cast.author)

    answer = browser.get_fragment("/1/update?revision=0&view=changes")

    assert (marked(answer), current(answer), text_of_form(answer)) == (["-one", "+two"], ["Changes"], ["one"])
    assert "ETag" not in answer.headers


def test_the_edit_view_is_remembered_by_the_browser_and_no_other(write, cast, enter):
    write("one", "two")
    browser = enter(cast.author)
    etag = browser.get_fragment("/1/update?revision=0").headers["ETag"]

    again = browser.get_fragment("/1/update?revision=0&view=rendered", headers={"If-None-Match": etag})

    assert again.status_code == 200
    assert browser.get_fragment("/1/update?revision=0", headers={"If-None-Match": etag}).status_code == 304


def test_tabs_of_the_edit_view_ask_the_database_nothing(write, cast, enter, statements):
    write("one", "two")
    browser = enter(cast.author)
    with statements() as said:
        browser.get_fragment("/1/update?revision=0")

    assert len(said) <= 4


def test_what_was_typed_is_rendered_and_writes_nothing(write, cast, enter):
    write("one")
    browser = enter(cast.author)
    fields = {"title": "T", "body": "*two*", "tags": "", "note": "", "seen": "0"}

    panel = browser.send("/1/rendered", htmx=True, **fields)
    page = browser.send("/1/rendered", **fields)

    for answer in (panel, page):
        assert "<p><em>two</em></p>" in answer.text
        assert "not saved yet" in answer.text
    assert current(panel) == ["Rendered"]
    assert 'value="edit">Back to the form' in page.text
    assert text_of_form(browser.get("/1/update")) == ["one"]


def test_what_was_typed_is_compared_in_the_panel(write, cast, enter):
    write("one")
    browser = enter(cast.author)

    panel = browser.send(
        "/1/compare?to=form&view=split", htmx=True, title="A post", body="two", tags="", note="", seen="0"
    )

    assert (marked(panel), current(panel)) == (["-one", "+two"], ["Changes"])
    assert panel.headers["X-Fragment"] == "1"


def test_the_addresses_of_what_was_typed_keep_the_place(write, cast, enter):
    write("one", "two")

    page = enter(cast.author).get("/1/update?revision=0").text

    assert 'formaction="/1/rendered?revision=0"' in page
    assert 'formaction="/1/compare?to=form&amp;revision=0"' in page


def test_restoring_shows_its_changes_in_passing(write, cast, enter):
    post = write("one\n\nsame", "two\n\nsame")
    write("two\n\nsame", title="Another title", post=post)

    answer = enter(cast.author).get_fragment("/1/version/0?part=changes")

    assert marked(answer) == ["-Another title", "+A post", "-two", "+one"]
    assert "same" not in answer.text
