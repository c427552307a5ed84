"""Naming a revision by its page, and in place."""

import pytest

from webapp.history import labels
from webapp.operations import erase
from webapp.operations import labels as naming

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def current(post, number: int) -> list[str]:
    return [name.name for name in labels.of(post, number) if name.until is None]


def test_the_page_asks_for_a_name(write, cast, enter):
    write("one", "two")

    page = enter(cast.author).get("/1/version/0/label")

    assert page.status_code == 200
    assert "Name revision 0" in page.text
    assert "Remove the name" not in page.text


def test_the_page_tells_who_named_it_and_what_it_was_called_before(write, cast, enter):
    post = write("one", "two")
    naming.name(post, 0, name="Draft", by=cast.author)
    naming.name(post, 0, name="Sent to review", by=cast.editor)

    page = enter(cast.author).get("/1/version/0/label")

    assert 'value="Sent to review"' in page.text
    assert 'Named by <b dir="auto">Ed Itor</b>' in page.text
    assert "Earlier names (1)" in page.text
    assert '<b dir="auto">Draft</b>' in page.text


def test_naming_leads_back_to_the_revision(write, cast, enter):
    post = write("one", "two")
    browser = enter(cast.author)

    answer = browser.send("/1/version/0/label", name=" Sent to review ")

    assert (answer.status_code, answer.location) == (303, "/1/update?revision=0")
    assert current(post, 0) == ["Sent to review"]
    page = browser.get("/1/update?revision=0")
    assert "Revision 0 has a name now." in page.text
    assert page.text.count("Sent to review") >= 2


def test_removing_leads_back_too(write, cast, enter):
    post = write("one", "two")
    naming.name(post, 0, name="Draft", by=cast.author)

    answer = enter(cast.editor).send("/1/version/0/label/remove")

    assert (answer.status_code, answer.location) == (303, "/1/update?revision=0")
    assert current(post, 0) == []


def test_negative_numbers_count_from_the_end(write, cast, enter):
    post = write("one", "two")
    browser = enter(cast.author)

    assert "Name revision 1" in browser.get("/1/version/-1/label").text
    browser.send("/1/version/-2/label", name="First")

    assert current(post, 0) == ["First"]


def test_htmx_gets_the_form_and_then_the_places_that_show_the_name(write, cast, enter):
    write("one", "two")
    browser = enter(cast.author)

    form = browser.get_fragment("/1/version/0/label")
    answer = browser.send("/1/version/0/label", htmx=True, name="Draft")

    assert form.headers["X-Fragment"] == answer.headers["X-Fragment"] == "1"
    assert form.text.strip().startswith("<div")
    targets = [f'hx-target="#{place}-0"' for place in ("label", "banner-label", "revision")]
    assert [target in answer.text for target in targets] == [True] * 3
    assert answer.text.count("Draft") >= 2
    removed = browser.send("/1/version/0/label/remove", htmx=True)
    assert "Name it" in removed.text


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("name", ["", "x" * 121])
def test_a_name_that_cannot_be_one_stays_in_the_form(write, cast, enter, name, htmx):
    post = write("one", "two")

    answer = enter(cast.author).send("/1/version/0/label", htmx=htmx, name=name)

    assert answer.status_code == 422
    assert f'value="{name}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert current(post, 0) == []


def test_a_revision_that_is_not_there_is_missing_and_an_erased_one_gone(write, cast, enter):
    post = write("one", "two")
    erase.revisions(post, [0], reason="asked for", by=cast.admin)
    browser = enter(cast.author)

    assert [browser.get(f"/1/version/{number}/label").status_code for number in (0, 2, -3)] == [410, 404, 404]
    assert browser.send("/1/version/0/label", name="Draft").status_code == 410
    assert browser.send("/1/version/2/label", name="Draft").status_code == 404


def test_a_remembered_fragment_is_not_sent_without_its_new_name(write, cast, enter):
    post = write("one", "two")
    browser = enter(cast.author)
    with browser.session_transaction() as session:
        session["csrf_token"] = "fixed"
    known = browser.get_fragment("/1/update?revision=0").headers["ETag"]
    again = browser.get_fragment("/1/update?revision=0", headers={"If-None-Match": known})

    naming.name(post, 0, name="Draft", by=cast.author)

    changed = browser.get_fragment("/1/update?revision=0", headers={"If-None-Match": known})
    assert (again.status_code, changed.status_code) == (304, 200)
    assert "Draft" in changed.text
