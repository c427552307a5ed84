"""What can be done with a revision right from its row."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.finding import body, revision, shown, starts

Write = Callable[..., int]


def menu(page: Page, number: int) -> None:
    """Open the menu of a row with the keyboard: the button follows the row."""
    revision(page, number).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Actions for revision {number}", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name=f"Revision {number}")).to_be_visible()


def test_the_menu_is_walked_with_the_arrows_and_left_with_esc(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update")

    menu(editor, 1)
    expect(editor.get_by_role("link", name="Name this revision")).to_be_focused()
    editor.keyboard.press("ArrowDown")
    expect(editor.get_by_role("link", name="Compare with…")).to_be_focused()
    editor.keyboard.press("End")
    expect(editor.get_by_role("button", name="Copy link")).to_be_focused()
    editor.keyboard.press("Escape")

    expect(editor.get_by_role("button", name="Actions for revision 1", exact=True)).to_be_focused()
    expect(body(editor)).to_have_value("two")


def test_restoring_from_the_menu(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update")

    menu(editor, 0)
    editor.get_by_role("button", name="Restore", exact=True).click()

    expect(body(editor)).to_have_value("zero")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 3"))
    expect(shown(editor)).to_contain_text("restored from #0")
    expect(editor).to_have_url(f"/{post}/update")


def test_naming_from_the_menu(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update")

    menu(editor, 1)
    editor.keyboard.press("Enter")
    editor.get_by_role("textbox", name="Name", exact=True).fill("Sent to review")
    editor.keyboard.press("Enter")

    expect(revision(editor, 1)).to_contain_text("Sent to review")
    expect(editor.locator(":focus")).not_to_have_count(0)


def test_comparing_and_undoing_are_links(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update")

    menu(editor, 1)
    expect(editor.get_by_role("link", name="Compare with…")).to_have_attribute("href", f"/{post}/compare?from=1&to=2")
    expect(editor.get_by_role("link", name="Undo just this edit")).to_have_attribute("href", f"/{post}/undo/1")


@pytest.mark.parametrize(
    ("number", "offered"),
    [
        (0, ["Name this revision", "Compare with…", "Restore", "Copy link"]),
        (2, ["Name this revision", "Compare with…", "Undo just this edit", "Copy link"]),
    ],
)
def test_only_what_can_be_done_is_offered(editor: Page, write: Write, number: int, offered: list[str]) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update")

    menu(editor, number)

    items = editor.get_by_role("group", name=f"Revision {number}").locator("a, button")
    assert [item.inner_text() for item in items.all() if item.is_visible()] == offered


def test_a_link_is_copied(
    new_context: Callable[..., Any],
    session_of: Callable[[str], Any],
    cast: SimpleNamespace,
    write: Write,
    base_url: str,
) -> None:
    post = write("zero", "one")
    page = new_context(
        storage_state=session_of(cast.editor), permissions=["clipboard-read", "clipboard-write"]
    ).new_page()
    page.goto(f"/{post}/update")

    menu(page, 0)
    page.get_by_role("button", name="Copy link").click()

    expect(page.locator("#live")).to_have_text("Link to revision 0 copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base_url}/{post}/update?revision=0"
