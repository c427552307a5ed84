"""Giving a revision a name, in place and without a script."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.finding import body, previewing, revision

Write = Callable[..., int]


@pytest.fixture
def plain(new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace) -> Page:
    """A page on which the editor is signed in and no script runs."""
    page: Page = new_context(java_script_enabled=False, storage_state=session_of(cast.editor)).new_page()
    return page


def test_a_revision_is_named_beside_unsaved_text(editor: Page, write: Write) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update")
    body(editor).fill("not saved yet")
    editor.get_by_role("link", name="Name it revision 1").click()
    expect(name(editor)).to_be_focused()

    name(editor).fill("Sent to review")
    name(editor).press("Enter")

    link = editor.get_by_role("link", name="Sent to review: change the name")
    expect(link).to_be_focused()
    expect(dialog(editor)).to_be_hidden()
    expect(editor.locator("#live")).to_have_text("Revision 1 has a name now")
    expect(body(editor)).to_have_value("not saved yet")


def test_a_preview_says_its_name_and_is_renamed_and_loses_it(editor: Page, write: Write) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update?revision=0")
    for called, link in (("Draft", "Name it revision 0"), ("Sent to review", "Rename revision 0")):
        editor.get_by_role("link", name=link).click()
        name(editor).fill(called)
        dialog(editor).get_by_role("button", name="Name it").or_(
            dialog(editor).get_by_role("button", name="Rename")
        ).click()
        expect(previewing(editor, 0)).to_contain_text(called)

    editor.get_by_role("link", name="Rename revision 0").click()
    dialog(editor).get_by_text("Earlier names (1)").click()
    expect(dialog(editor)).to_contain_text("Draft by Ed Itor")
    dialog(editor).get_by_role("button", name="Remove the name").click()

    expect(editor.get_by_role("link", name="Name it revision 0")).to_be_focused()
    expect(previewing(editor, 0)).not_to_contain_text("Sent to review")


def test_leaving_the_dialog_changes_nothing(editor: Page, write: Write) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update")
    link = editor.get_by_role("link", name="Name it revision 1")

    for leave in (
        lambda: editor.keyboard.press("Escape"),
        lambda: dialog(editor).get_by_role("link", name="Cancel").click(),
    ):
        link.click()
        name(editor).fill("Never")
        leave()
        expect(dialog(editor)).to_be_hidden()
        expect(link).to_be_focused()


def test_the_focus_goes_to_the_row_when_what_opened_the_dialog_is_gone(editor: Page, write: Write) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update")
    link = editor.get_by_role("link", name="Name it revision 1")
    link.click()
    expect(name(editor)).to_be_focused()

    link.evaluate("link => link.remove()")
    editor.keyboard.press("Escape")

    expect(revision(editor, 1)).to_be_focused()


@pytest.mark.refuses(422)
def test_a_name_that_cannot_be_one_stays_in_the_dialog(editor: Page, write: Write) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update")
    editor.get_by_role("link", name="Name it revision 1").click()

    name(editor).fill("x" * 121)
    name(editor).press("Enter")

    expect(dialog(editor)).to_contain_text("A name has at most 120 characters, this one 121.")
    expect(name(editor)).to_be_focused()
    expect(name(editor)).to_have_value("x" * 121)


@pytest.mark.refuses("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
def test_offline_the_dialog_makes_way_for_what_went_wrong(editor: Page, write: Write) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update")
    editor.get_by_role("link", name="Name it revision 1").click()
    name(editor).fill("Sent to review")
    editor.context.set_offline(True)
    name(editor).press("Enter")
    expect(editor.get_by_role("alert")).to_contain_text("You seem to be offline.")
    expect(editor.get_by_role("alert").get_by_role("heading")).to_be_focused()

    editor.context.set_offline(False)
    editor.get_by_role("button", name="Try again").click()

    expect(editor.get_by_role("link", name="Sent to review: change the name")).to_be_visible()


def test_naming_and_removing_without_a_script(plain: Page, write: Write) -> None:
    post = write("zero", "one")
    plain.goto(f"/{post}/update?revision=0")
    plain.get_by_role("link", name="Name it revision 0").click()
    expect(plain).to_have_url(f"/{post}/version/0/label")

    name(plain).fill("Sent to review")
    plain.get_by_role("button", name="Name it").click()

    expect(plain).to_have_url(f"/{post}/update?revision=0")
    expect(previewing(plain, 0)).to_contain_text("Sent to review")
    plain.get_by_role("link", name="Rename revision 0").click()
    plain.get_by_role("button", name="Remove the name").click()
    expect(plain.get_by_role("link", name="Name it revision 0")).to_be_visible()


def dialog(page: Page) -> Locator:
    """Return the dialog that asks for a name."""
    return page.locator("#label-dialog")


def name(page: Page) -> Locator:
    """Return the field of the name."""
    return page.get_by_label("Name", exact=True)
