"""The desk by keyboard alone, and the help that says how."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.finding import body, previewing, revision, shown, starts, state

Write = Callable[..., int]


@pytest.fixture
def desk_of_three(editor: Page, write: Write) -> Page:
    """The editor stands before a post with three revisions."""
    post = write("first words", "second words", "third words")
    editor.goto(f"/{post}/update")
    return editor


def test_alt_up_and_down_step_through_the_revisions_wherever_the_focus_is(desk_of_three: Page) -> None:
    page = desk_of_three
    body(page).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(previewing(page, 1)).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    expect(previewing(page, 0)).to_be_visible()
    expect(body(page)).to_have_value("first words")

    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")

    expect(body(page)).to_have_value("third words")
    expect(shown(page)).to_have_accessible_name(starts("Revision 2"))


def test_escape_leaves_the_preview_but_closes_a_menu_first(desk_of_three: Page) -> None:
    page = desk_of_three
    revision(page, 0).click()
    expect(previewing(page, 0)).to_be_visible()
    page.get_by_label("More about this post").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Read it")).to_be_hidden()
    expect(previewing(page, 0)).to_be_visible()

    page.keyboard.press("Escape")

    expect(body(page)).to_have_value("third words")
    expect(page).to_have_url(starts(r"http://[^/]+/\d+/update"))


def test_the_history_and_back_by_one_key(desk_of_three: Page) -> None:
    page = desk_of_three
    body(page).focus()
    page.keyboard.press("Control+Alt+h")
    expect(revision(page, 2)).to_be_focused()

    page.keyboard.press("Control+Alt+h")

    expect(body(page)).to_be_focused()


def test_on_a_phone_the_key_opens_the_sheet_and_closes_it(desk_of_three: Page) -> None:
    page = desk_of_three
    page.set_viewport_size({"width": 390, "height": 844})
    page.keyboard.press("Control+Alt+h")
    expect(revision(page, 2)).to_be_focused()
    expect(revision(page, 2)).to_be_in_viewport()

    page.keyboard.press("Control+Alt+h")

    expect(revision(page, 2)).to_be_hidden()


def test_numbers_choose_the_view_but_not_in_a_field(desk_of_three: Page) -> None:
    page = desk_of_three
    body(page).focus()
    page.keyboard.press("2")
    expect(body(page)).to_have_value("2third words")
    page.keyboard.press("Backspace")
    expect(state(page)).to_have_text("All changes saved")
    revision(page, 1).focus()

    page.keyboard.press("2")

    expect(page.locator("[aria-current=page]", has_text="Edit")).to_have_count(0)
    page.keyboard.press("3")
    page.get_by_text("1 change", exact=True).wait_for()
    page.keyboard.press("n")
    expect(page.get_by_label("Change 1 of 1")).to_be_focused()
    page.keyboard.press("1")  # what had the focus is gone: it does not fall to the page
    expect(page.get_by_role("link", name="Edit", exact=True)).to_be_focused()


def test_a_question_mark_opens_the_help_and_single_letters_can_be_switched_off(desk_of_three: Page) -> None:
    page = desk_of_three
    help_ = page.get_by_role("dialog", name="Help")
    revision(page, 2).focus()
    page.keyboard.press("?")
    expect(help_).to_be_focused()
    help_.get_by_label("Use single letters").uncheck()
    expect(help_.get_by_role("status")).to_have_text("Single letters are off.")
    page.keyboard.press("Escape")
    expect(help_).to_have_count(0)
    expect(revision(page, 2)).to_be_focused()

    page.reload()
    revision(page, 2).focus()
    page.keyboard.press("?")
    page.keyboard.press("2")
    expect(help_).to_have_count(0)
    expect(page.get_by_role("navigation", name="View").locator("[aria-current=page]")).to_have_text("Edit")

    page.get_by_label("Menu of Ed Itor").click()
    page.get_by_role("link", name="Help").click()
    expect(help_.get_by_label("Use single letters")).not_to_be_checked()
    help_.get_by_label("Use single letters").check()
    help_.get_by_role("button", name="Close").click()
    expect(help_).to_have_count(0)


def test_without_scripts_the_help_is_a_page(new_context: Callable[..., object]) -> None:
    page: Page = new_context(java_script_enabled=False).new_page()  # type: ignore[attr-defined]
    page.goto("/login")

    page.get_by_role("link", name="Help").click()

    expect(page.get_by_role("heading", name="Help")).to_be_visible()
    expect(page.get_by_label("Use single letters")).to_be_hidden()
