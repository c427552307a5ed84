"""One person in two tabs: neither overwrites what was typed in the other."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from e2e.finding import KEPT, body, state

Write = Callable[..., int]


def drafts(page: Page) -> Locator:
    """Return the list of one's own drafts beside the form."""
    return page.get_by_role("region", name="Your drafts")


def test_two_tabs_write_two_drafts(editor: Page, write: Write) -> None:
    post = write("first words")
    other = editor.context.new_page()
    for tab, words in ((editor, "here"), (other, "there")):
        tab.goto(f"/{post}/update?revision=0")
        body(tab).fill(words)
        expect(state(tab)).to_have_text(KEPT)

    editor.goto(f"/{post}/update")

    rows = drafts(editor).get_by_role("link", name="Your draft")
    expect(rows).to_have_count(2)
    expect(body(editor)).to_have_value("there")
    rows.last.click()
    expect(body(editor)).to_have_value("here")


def test_two_tabs_with_one_draft_do_not_overwrite_each_other(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    expect(state(editor)).to_have_text(KEPT)
    other = editor.context.new_page()
    other.goto(f"/{post}/update")
    expect(body(other)).to_have_value("my words")

    for tab, words in ((other, "my words there"), (editor, "my words here")):
        body(tab).fill(words)
        expect(state(tab)).to_have_text(KEPT)
    other.goto(f"/{post}/update")

    expect(drafts(other).get_by_role("link", name="Your draft")).to_have_count(2)
    expect(body(other)).to_have_value("my words here")
