"""Two texts of a post, one against the other: by addresses, and by the form that holds what was typed."""

import re

import pytest

from webapp.operations import erase

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")

LINES = [f"line {number}" for number in range(1, 31)]
LONG = "\n".join(LINES)


def marked(answer):
    """Return what the page marks as gone and as come."""
    found = re.findall(r'<(del|ins)><span class="visually-hidden">\w+: </span>([^<]*)', answer.text)
    return [("-" if tag == "del" else "+") + words for tag, words in found]


@pytest.mark.parametrize("view", ["inline", "split", "rendered"])
def test_it_shows_what_changed_between_any_two(write, cast, enter, view):
    write("one\nsame", "two\nsame", "three\nsame")

    page = enter(cast.author).get(f"/1/compare?from=0&to=2&view={view}")

    assert page.status_code == 200
    assert marked(page) == ["-one", "+three"]


@pytest.mark.parametrize("address", ["/1/compare", "/1/compare?from=-2", "/1/compare?from=1&to=-1", "/1/compare?to=2"])
def test_by_default_the_last_change_is_shown(write, cast, enter, address):
    write("one", "two", "three")

    assert marked(enter(cast.author).get(address)) == ["-two", "+three"]


def test_the_sides_are_regions_with_names(write, cast, enter):
    write("one", "two")

    page = enter(cast.author).get("/1/compare?view=split").text

    assert re.findall(r'<section class="split-side [^"]*" aria-label="([^"]*)"', page) == ["Revision 0", "Revision 1"]


def test_title_and_tags_are_shown_before_the_text(write, cast, enter):
    post = write("same", title="Old", tags="a")
    write("same", title="New", tags="b", post=post)

    page = enter(cast.author).get("/1/compare?from=0")

    assert marked(page) == ["-Old", "+New", "-a", "+b"]
    assert "2 changes" in page.text
    assert "The text is the same." in page.text


def test_nothing_changed_says_so(write, cast, enter):
    write("one", "two", "one")

    assert "Both read the same." in enter(cast.author).get("/1/compare?from=0&to=2").text


def test_a_moved_paragraph_leads_to_where_it_stands_now(write, cast, enter):
    moved = "A paragraph that is long enough to be known."
    write(f"{moved}\n\n{LONG}", f"{LONG}\n\n{moved}")

    page = enter(cast.author).get("/1/compare").text

    assert 'href="#change-2"><svg' in page
    assert "Moved away, to change 2" in page
    assert "Moved here, from change 1" in page


@pytest.mark.parametrize("view", ["inline", "split"])
def test_equal_lines_are_folded_and_an_address_unfolds_them(write, cast, enter, view):
    write(LONG + "\nold", LONG + "\nnew")
    browser = enter(cast.author)

    folded = browser.get(f"/1/compare?view={view}").text
    opened = browser.get(f"/1/compare?view={view}&open=1-27").text

    assert "27 unchanged lines" in folded
    assert (">line 5</p>" in folded, ">line 5</p>" in opened) == (False, True)
    assert '<summary class="fold" id="opened">27 unchanged lines</summary>' in opened


def test_as_it_is_read_formatting_counts_and_wrapping_does_not(write, cast, enter):
    write("one *two* [three](/a)", "one\n**two** [three](/b)", "one **two** [three](/b)")
    browser = enter(cast.author)

    page = browser.get("/1/compare?from=0&to=1&view=rendered").text
    same = browser.get("/1/compare?from=1&to=2&view=rendered").text

    assert "now bold" in page
    assert "link target changed from /a to /b" in page
    assert "The text reads the same; it is only typed in another way" in same


def test_as_it_is_read_a_moved_passage_names_the_other_place(write, cast, enter):
    moved = "A paragraph that is long enough to be known."
    post = write(f"{moved}\n\nOne.\n\nTwo.", title="Old")
    write(f"One.\n\nTwo.\n\n{moved}", title="New", post=post)

    page = enter(cast.author).get("/1/compare?view=rendered").text

    assert "moved away, to change 3" in page
    assert 'id="change-3"' in page


def test_texts_too_long_to_be_read_say_so(write, cast, enter):
    write("one", "*a* " * 40_000)
    browser = enter(cast.author)

    page = browser.get("/1/compare?view=rendered")

    assert page.status_code == 200
    assert "too long to be compared as they are read" in page.text
    assert browser.get_fragment("/1/compare?from=1&view=rendered&open=1-2").status_code == 413


def test_to_htmx_a_fold_opens_to_its_lines_alone(write, cast, enter):
    write(LONG + "\nold", LONG + "\nnew")
    browser = enter(cast.author)

    one = browser.get_fragment("/1/compare?from=0&to=1&open=5-6")
    two = browser.get_fragment("/1/compare?from=0&to=1&view=split&open=5-6")

    assert one.headers["X-Fragment"] == "1"
    assert re.findall(r"<p [^>]*>([^<]*)</p>", one.text) == ["line 5", "line 6"]
    assert re.findall(r"<p [^>]*>(line [^<]*)</p>", two.text) == ["line 5", "line 6"] * 2
    assert 'hx-target="#fold-5-beside"' in two.text


def test_to_htmx_a_fold_of_passages_opens_to_them_alone(write, cast, enter):
    text = "\n\n".join(f"Paragraph {number}." for number in range(1, 31))
    write(text, f"{text}\n\nOne more.")

    answer = enter(cast.author).get_fragment("/1/compare?from=0&to=1&view=rendered&open=5-6")

    assert re.findall(r"<p>([^<]*)</p>", answer.text) == ["Paragraph 5.", "Paragraph 6."]


def test_more_changes_than_a_page_holds_are_counted(write, cast, enter):
    odd = "\n".join(f"{number} old" if number % 2 else f"{number}" for number in range(9000))
    write(odd, odd.replace("old", "new"))

    page = enter(cast.author).get("/1/compare")

    assert re.search(r"[\d,]+ more changes of the text did not fit on this page", page.text)


@pytest.mark.parametrize(
    "query",
    ["from=0&to=9", "from=x", "to=-9", "from=0&to=1.5", "to=form", "view=other", "open=3", "open=3-x", "open=-1-3"],
)
def test_what_is_no_revision_or_no_view_is_not_found(write, cast, enter, query):
    write("one", "two")

    assert enter(cast.author).get(f"/1/compare?{query}").status_code == 404


@pytest.mark.parametrize("query", ["from=0&to=1", "from=1&to=0", "from=0&to=1&view=split", "from=0&to=2&open=1-2"])
def test_a_text_that_is_not_kept_any_more_says_so_on_either_side(write, cast, enter, query):
    post = write("secret words", "one", "two")
    erase.revisions(post, [0], reason="asked to", by=cast.admin)

    page = enter(cast.author).get(f"/1/compare?{query}")

    assert page.status_code == 410
    assert "asked to" in page.text


def send(browser, address="/1/compare?to=form", **fields):
    return browser.send(address, **({"title": "A post", "body": "", "tags": "", "note": "", "seen": "0"} | fields))


def test_what_was_typed_is_compared_with_what_it_grew_from(write, cast, enter):
    write("one", "two")
    browser = enter(cast.author)

    assert marked(send(browser, body="three", seen="1")) == ["-two", "+three"]
    assert marked(send(browser, body="three", seen="1", source="0")) == ["-one", "+three"]
    assert marked(send(browser, body="three", seen="1", **{"from": "0", "view": "split"})) == ["-one", "+three"]


def test_the_page_holds_what_was_typed_and_leads_back_to_the_form_with_it(write, cast, enter):
    write("one")
    browser = enter(cast.author)
    fields = {"title": "My title", "body": "<two>\n", "tags": "a, b", "note": "why", "save_id": "the id"}

    page = send(browser, **fields)
    form = browser.send("/1/update", action="edit", seen="0", **fields)

    for answer in (page, form):
        assert answer.status_code == 200
        assert "\n&lt;two&gt;\r\n</textarea>" in answer.text or "\n&lt;two&gt;\n</textarea>" in answer.text
        for name in ("tags", "note", "save_id"):
            assert f'name="{name}" value="{fields[name]}"' in answer.text
        assert re.search(r'name="title" value="My title"|name="title"[^>]*>My title</textarea>', answer.text)
    assert 'data-state="unsaved"' in form.text


def test_comparing_what_was_typed_saves_nothing(write, cast, enter, app):
    write("one")
    browser = enter(cast.author)

    send(browser, body="two")
    browser.send("/1/update", action="edit", title="x", body="two", seen="0")

    assert re.search(r"1 revision\s", browser.get("/1/update").text)


@pytest.mark.parametrize("fields", [{"from": "9"}, {"from": "x"}, {"view": "other"}, {"open": "x"}])
def test_what_was_typed_has_to_name_what_there_is(write, cast, enter, fields):
    write("one")

    assert send(enter(cast.author), **fields).status_code == 404


def test_nothing_but_the_form_is_compared_by_sending_it(write, cast, enter):
    write("one", "two")

    assert send(enter(cast.author), address="/1/compare?to=1").status_code == 404
    assert enter(cast.author).send("/1/compare?to=form", title="no body").status_code == 422
