"""The history narrowed to some revisions, or opened at a day; the address says so."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.finding import body, revision, shown, starts, timeline

History = Callable[..., int]
DAY = 24 * 60


@pytest.fixture
def post(history: History, cast: SimpleNamespace) -> int:
    """A post with #0, #2, #4 … of Ana's and #1, #3, #5 … of Ed's, a day apart, 90 in all."""
    return history(*((DAY * (90 - number), (cast.author, cast.editor)[number % 2]) for number in range(90)))


def rows(page: Page) -> Locator:
    """Return the links of the timeline's revisions."""
    return timeline(page).get_by_role("link", name=starts("Revision"))


def numbers(page: Page) -> list[int]:
    """Return the numbers of the revisions in the list."""
    return [int(row.get_attribute("data-revision") or "") for row in rows(page).all()]


def test_mine_lists_only_ones_own_and_the_address_says_so(editor: Page, post: int) -> None:
    editor.goto(f"/{post}/update")
    editor.evaluate("window.untouched = true")

    editor.get_by_role("checkbox", name="Mine").check()

    expect(editor).to_have_url(f"/{post}/update?mine=1")
    expect(rows(editor)).to_have_count(45)
    assert numbers(editor) == list(range(89, 0, -2))
    editor.reload()
    expect(rows(editor)).to_have_count(45)
    expect(editor.get_by_role("checkbox", name="Mine")).to_be_checked()
    editor.get_by_role("link", name="All", exact=True).click()
    expect(editor).to_have_url(f"/{post}/update")
    expect(revision(editor, 88)).to_be_visible()


def test_a_filter_stays_while_one_looks_and_goes_back(editor: Page, post: int, cast: SimpleNamespace) -> None:
    editor.goto(f"/{post}/update")
    editor.get_by_label("Author", exact=True).select_option(label="Ana Ruiz")
    expect(revision(editor, 89)).not_to_be_attached()

    revision(editor, 88).click()
    expect(editor).to_have_url(re.compile(rf"/{post}/update\?revision=88&author=\w+$"))
    editor.get_by_role("link", name="Back to latest").click()
    expect(body(editor)).to_have_value("89")
    expect(editor).to_have_url(re.compile(rf"/{post}/update\?author=\w+$"))
    assert set(numbers(editor)) == set(range(0, 90, 2))
    editor.get_by_role("link", name="All", exact=True).click()
    expect(revision(editor, 89)).to_be_visible()

    editor.go_back()

    expect(body(editor)).to_have_value("88")
    expect(editor).to_have_url(re.compile(rf"/{post}/update\?revision=88&author=\w+$"))
    expect(revision(editor, 89)).not_to_be_attached()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 88"))


def test_choosing_an_author_takes_the_place_of_mine(editor: Page, post: int) -> None:
    editor.goto(f"/{post}/update?mine=1")

    editor.get_by_label("Author", exact=True).select_option(label="Ana Ruiz")

    expect(revision(editor, 88)).to_be_visible()
    expect(editor.get_by_role("checkbox", name="Mine")).not_to_be_checked()


def test_one_can_jump_to_a_day_and_read_on_in_both_directions(editor: Page, post: int) -> None:
    editor.goto(f"/{post}/update")
    day = timeline(editor).locator("[data-day]").nth(30).get_attribute("data-day") or ""

    editor.get_by_text("Date", exact=True).click()
    editor.get_by_label("Jump to date").fill(day)
    editor.get_by_role("button", name="Show", exact=True).click()

    expect(editor).to_have_url(f"/{post}/update?on={day}")
    expect(timeline(editor).locator(f"[data-day='{day}']")).to_be_in_viewport()
    expect(revision(editor, 89)).to_be_attached()


def test_a_list_without_a_revision_says_why(editor: Page, post: int) -> None:
    editor.goto(f"/{post}/update")

    editor.get_by_role("checkbox", name="Labelled").check()

    expect(timeline(editor).get_by_text("No revision has a name yet.")).to_be_visible()


def test_a_save_stays_out_of_a_list_that_it_does_not_belong_to(editor: Page, post: int) -> None:
    editor.goto(f"/{post}/update")
    editor.get_by_label("Author", exact=True).select_option(label="Ana Ruiz")
    expect(revision(editor, 89)).not_to_be_attached()

    body(editor).fill("mine")
    editor.get_by_role("button", name="Save", exact=True).click()

    expect(editor.locator("#live")).to_have_text("Saved as revision 90")
    expect(revision(editor, 90)).not_to_be_attached()
    expect(revision(editor, 88)).to_be_attached()


def test_without_a_script_the_filter_is_a_form(
    new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace, post: int
) -> None:
    plain = new_context(java_script_enabled=False, storage_state=session_of(cast.editor)).new_page()
    plain.goto(f"/{post}/update?revision=7")

    plain.get_by_role("checkbox", name="Mine").check()
    plain.get_by_role("button", name="Filter").click()

    expect(body(plain)).to_have_value("7")
    assert set(numbers(plain)) <= set(range(1, 90, 2))
    revision(plain, 5).click()
    expect(plain).to_have_url(f"/{post}/update?revision=5&mine=1")
    expect(shown(plain)).to_have_accessible_name(starts("Revision 5"))
