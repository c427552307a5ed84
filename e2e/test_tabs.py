"""Edit, Rendered, Changes: swapped in place, each with an address, and the form stays as it was."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from e2e.finding import body, previewing, revision, save, shown, starts

Write = Callable[..., int]
LONG = "\n\n".join(f"Paragraph {number}." for number in range(200))


def tab(page: Page, name: str) -> Locator:
    """Return one of the tabs above the form."""
    return page.get_by_role("navigation", name="View").get_by_role("link", name=name)


def test_tabs_are_swapped_in_place_and_have_addresses(editor: Page, write: Write) -> None:
    post = write("We left at *dawn*.", "We left at *dusk*.")
    editor.goto(f"/{post}/update?revision=0")
    editor.evaluate("window.untouched = true")

    tab(editor, "Rendered").click()
    expect(editor.get_by_role("emphasis")).to_have_text("dawn")
    expect(body(editor)).not_to_be_visible()
    expect(editor).to_have_url(f"/{post}/update?revision=0&view=rendered")
    expect(tab(editor, "Rendered")).to_be_focused()

    tab(editor, "Changes").click()
    expect(editor.get_by_role("insertion")).to_contain_text("dusk")
    editor.get_by_role("link", name="Side by side").click()
    expect(editor.get_by_role("region", name="Revision 0")).to_contain_text("dawn")
    expect(editor).to_have_url(f"/{post}/update?revision=0&view=changes&as=split")

    tab(editor, "Edit").click()
    expect(body(editor)).to_have_value("We left at *dawn*.")
    expect(editor).to_have_url(f"/{post}/update?revision=0")
    assert editor.evaluate("window.untouched") is True


def test_back_and_forward_walk_through_the_views(editor: Page, write: Write) -> None:
    post = write("We left at *dawn*.", "We left at *dusk*.")
    editor.goto(f"/{post}/update")
    tab(editor, "Rendered").click()
    expect(editor.get_by_role("emphasis")).to_be_visible()
    tab(editor, "Changes").click()
    expect(editor.get_by_role("insertion")).to_be_visible()

    editor.go_back()
    expect(editor.get_by_role("emphasis")).to_be_visible()
    expect(tab(editor, "Rendered")).to_have_attribute("aria-current", "page")
    editor.go_back()
    expect(body(editor)).to_have_value("We left at *dusk*.")
    editor.go_forward()
    expect(editor.get_by_role("emphasis")).to_be_visible()


def test_the_view_is_kept_while_stepping_through_revisions(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two", "three")
    editor.goto(f"/{post}/update?revision=2&view=changes&as=split&with=previous")
    expect(editor.get_by_role("deletion")).to_contain_text("one")

    revision(editor, 1).click()

    expect(editor.get_by_role("deletion")).to_contain_text("zero")
    expect(editor).to_have_url(f"/{post}/update?revision=1&view=changes&as=split&with=previous")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    editor.get_by_role("link", name="Back to latest").click()
    expect(body(editor)).to_have_value("three")
    expect(editor).to_have_url(f"/{post}/update")


def test_the_place_in_a_rendered_text_is_kept_while_stepping(editor: Page, write: Write) -> None:
    post = write(LONG, LONG.replace("7", "seven"))
    editor.goto(f"/{post}/update?view=rendered")
    editor.locator("#main").evaluate("main => main.scrollTop = 2000")
    expect(editor.get_by_role("link", name="Changes", exact=True)).to_be_in_viewport()

    revision(editor, 0).click()

    expect(previewing(editor, 0)).to_be_visible()
    expect(editor.locator("#main")).to_have_js_property("scrollTop", 2000)


def test_typed_text_is_what_the_tabs_show_and_stays_in_the_form(editor: Page, write: Write) -> None:
    post = write("We left at *dawn*.")
    editor.goto(f"/{post}/update")
    body(editor).press("End")
    body(editor).press_sequentially(" **Early**")

    tab(editor, "Rendered").click()
    expect(editor.get_by_role("strong")).to_have_text("Early")
    tab(editor, "Changes").click()
    expect(editor.get_by_role("insertion")).to_contain_text("Early")
    editor.get_by_role("button", name="Side by side").click()
    expect(editor.get_by_role("region", name="What you typed")).to_contain_text("Early")
    tab(editor, "Edit").click()

    expect(body(editor)).to_be_visible()
    expect(body(editor)).to_have_value("We left at *dawn*. **Early**")
    body(editor).click()
    editor.keyboard.press("Control+z")
    expect(body(editor)).not_to_have_value("We left at *dawn*. **Early**")


def test_what_was_typed_is_saved_from_any_view(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    tab(editor, "Changes").click()
    expect(editor.get_by_role("insertion")).to_contain_text("my")

    save(editor).click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(body(editor)).to_have_value("my words")
    expect(editor).to_have_url(re.compile(r"/update$"))


def test_the_pair_of_a_preview_is_picked_in_place(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update?revision=1&view=changes")
    editor.get_by_role("link", name="the one before").click()
    expect(editor.get_by_role("deletion")).to_contain_text("zero")

    editor.get_by_label("revision", exact=True).fill("2")
    editor.get_by_role("button", name="Compare", exact=True).click()

    expect(editor.get_by_role("insertion")).to_contain_text("two")
    expect(editor).to_have_url(re.compile(r"with=2$"))


def test_what_restoring_changes_is_one_disclosure_away(editor: Page, write: Write) -> None:
    post = write("We left at dawn.", "We left at dusk.")
    editor.goto(f"/{post}/update")
    revision(editor, 0).click()
    expect(editor.get_by_text("Restoring would bring back 1 word and take out 1.")).to_be_visible()

    editor.get_by_text("See the changes").click()

    expect(editor.get_by_role("insertion")).to_contain_text("dawn")
    expect(body(editor)).to_have_value("We left at dawn.")
