"""The core screen: any revision in the form, and the timeline beside it."""

import re

import pytest

from tests.views.editing import hidden, typed
from webapp.operations import publication

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def test_the_form_holds_the_latest_revision_by_default(enter, cast, write):
    write("first words", "second words")

    page = enter(cast.author).get("/1/update")

    assert (page.status_code, typed(page), hidden(page, "seen"), hidden(page, "source")) == (
        200,
        "second words",
        "1",
        "",
    )
    assert "Previewing revision" not in page.text


def test_the_form_holds_the_revision_of_the_address(enter, cast, write):
    write("first words", "second words")

    page = enter(cast.author).get("/1/update?revision=0")

    assert (typed(page), hidden(page, "seen"), hidden(page, "source")) == ("first words", "1", "0")
    assert "Previewing revision 0" in page.text
    assert "Restore this revision" in page.text


def test_negative_numbers_count_from_the_end(enter, cast, write):
    write("zero", "one", "two")
    browser = enter(cast.author)

    assert [typed(browser.get(f"/1/update?revision={number}")) for number in (-1, -2, -3)] == ["two", "one", "zero"]


@pytest.mark.parametrize("revision", ["2", "-3", "99999", "x", "1.5", "１", "1 OR 1=1", "9" * 30])
def test_an_unknown_revision_is_not_found(enter, cast, write, revision):
    write("zero", "one")

    assert enter(cast.author).get("/1/update", query_string={"revision": revision}).status_code == 404


def test_htmx_gets_the_part_of_the_page_that_is_replaced(enter, cast, write):
    write("zero", "one")
    browser = enter(cast.author)

    part = browser.get_fragment("/1/update?revision=0")

    assert part.headers["X-Fragment"] == "1"
    assert part.text.strip().startswith('<section id="workspace"')
    assert "<html" not in part.text
    assert "Revision timeline" not in part.text


def test_going_back_in_the_history_gets_the_whole_page(enter, cast, write):
    write("zero", "one")
    headers = {"HX-History-Restore-Request": "true", "HX-Request-Type": "full"}

    page = enter(cast.author).get("/1/update?revision=0", headers=headers)

    assert "Revision timeline" in page.text
    assert "HX-Request-Type" in page.headers["Vary"]


def test_the_timeline_beside_it_has_a_link_for_every_revision_and_marks_the_shown_one(enter, cast, write):
    write("zero", "one", "two")

    page = enter(cast.author).get("/1/update?revision=1")

    rows = re.findall(r'<a class="revision" href="([^"]+)"', page.text)
    assert rows == [f"/1/update?revision={number}" for number in (2, 1, 0)]
    assert re.findall(r'href="([^"]+)"[^>]*aria-current="true"', page.text) == ["/1/update?revision=1"]


def test_looking_twice_at_an_old_revision_is_not_modified(enter, cast, write):
    write("zero", "one")
    browser = enter(cast.author)
    etag = browser.get_fragment("/1/update?revision=0").headers["ETag"]

    again = browser.get_fragment("/1/update?revision=0", headers={"If-None-Match": etag})

    assert (again.status_code, again.data) == (304, b"")


def test_a_save_in_between_makes_what_was_kept_stale(enter, cast, write):
    post = write("zero", "one")
    browser = enter(cast.author)
    etag = browser.get_fragment("/1/update?revision=0").headers["ETag"]

    write("two", post=post)

    assert browser.get_fragment("/1/update?revision=0", headers={"If-None-Match": etag}).status_code == 200


def test_what_one_person_keeps_tells_nothing_to_another(enter, cast, write):
    write("zero", "one")
    etag = enter(cast.author).get_fragment("/1/update?revision=0").headers["ETag"]

    answers = [enter(who).get_fragment("/1/update?revision=0", headers={"If-None-Match": etag}).status_code
               for who in (cast.editor, cast.other, cast.reader)]  # fmt: skip

    assert answers == [200, 404, 404]


def test_the_latest_revision_is_always_sent_anew(enter, cast, write):
    write("zero")

    assert "ETag" not in enter(cast.author).get_fragment("/1/update").headers


@pytest.mark.parametrize(
    ("who", "status"), [("admin", 200), ("editor", 200), ("author", 200), ("other", 404), ("reader", 404)]
)
def test_who_may_open_the_editor(enter, cast, write, who, status):
    write("words")

    assert enter(getattr(cast, who)).get("/1/update").status_code == status


def test_what_one_may_not_edit_looks_like_what_does_not_exist(enter, cast, write):
    publication.publish(write("words"), revision=0, by=cast.author)
    browser = enter(cast.other)

    assert browser.page("/1/update") == browser.page("/2/update")


def test_signed_out_one_is_asked_to_sign_in_for_any_number(client, write):
    write("words")

    asked = [client.get(f"/{number}/update?revision=0") for number in (1, 2)]

    assert [page.status_code for page in asked] == [303, 303]
    assert [page.location for page in asked] == [f"/login?next=/{n}/update?revision%3D0" for n in (1, 2)]
