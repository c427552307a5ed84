"""The main journey: write, keep every revision, look at any of them in place, take one back, publish, read."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from playwright.sync_api import BrowserContext, Locator, Page, expect

Write = Callable[..., int]


def test_editor_previews_a_revision_and_saves_it_back(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")

    revision(editor, 0).click()

    expect(editor.get_by_label("Body")).to_have_value("first words")
    expect(editor).to_have_url(f"/{post}/update?revision=0")

    editor.get_by_role("button", name="Save", exact=True).click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(shown(editor)).to_contain_text("restored from #0")


def test_selecting_a_revision_reloads_nothing(editor: Page, write: Write) -> None:
    post = write("one", "two", "three")
    editor.goto(f"/{post}/update")
    editor.evaluate("window.untouched = true")

    for number, text in ((0, "one"), (1, "two"), (2, "three")):
        revision(editor, number).click()
        expect(editor.get_by_label("Body")).to_have_value(text)
        expect(shown(editor)).to_have_accessible_name(starts(f"Revision {number}"))

    assert editor.evaluate("window.untouched") is True


def test_back_and_forward_walk_through_the_revisions_that_were_looked_at(editor: Page, write: Write) -> None:
    post = write("one", "two", "three")
    editor.goto(f"/{post}/update")
    revision(editor, 1).click()
    expect(editor.get_by_label("Body")).to_have_value("two")
    revision(editor, 0).click()
    expect(editor.get_by_label("Body")).to_have_value("one")

    editor.go_back()
    expect(editor.get_by_label("Body")).to_have_value("two")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(editor).to_have_url(f"/{post}/update?revision=1")

    editor.go_forward()
    expect(editor.get_by_label("Body")).to_have_value("one")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 0"))


def test_an_old_revision_opens_directly_and_says_what_it_is(editor: Page, write: Write) -> None:
    post = write("first words", "second words")

    editor.goto(f"/{post}/update?revision=0")

    expect(editor.get_by_label("Body")).to_have_value("first words")
    expect(editor.get_by_role("status").filter(has_text="Previewing revision 0")).to_be_visible()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 0"))


def test_restoring_adds_a_revision_and_takes_nothing_away(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    revision(editor, 0).click()

    editor.get_by_role("button", name="Restore this revision").click()

    expect(editor.get_by_label("Body")).to_have_value("first words")
    expect(editor).to_have_url(f"/{post}/update")
    expect(revision(editor, 2)).to_contain_text("restored from #0")
    expect(revision(editor, 1)).to_be_visible()


def test_from_signing_in_to_a_reader(
    page: Page, new_context: Callable[..., BrowserContext], cast: SimpleNamespace, sign_in: Callable[..., None]
) -> None:
    sign_in(page, cast.author)
    page.goto("/create")
    page.get_by_label("Title").fill("The crossing")
    page.get_by_label("Body").fill("We left at *dawn*.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(revision(page, 0)).to_be_visible()

    page.get_by_label("Body").fill("We left at *dusk*.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(revision(page, 1)).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(revision(page, 1)).to_contain_text("Live")

    visitor = new_context().new_page()
    visitor.goto("/")
    visitor.get_by_role("link", name="The crossing").click()
    expect(visitor.get_by_role("heading", name="The crossing")).to_be_visible()
    expect(visitor.get_by_text("We left at dusk.")).to_be_visible()


def revision(page: Page, number: int) -> Locator:
    timeline = page.get_by_role("navigation", name="Revision timeline")
    return timeline.get_by_role("link", name=starts(f"Revision {number}"))


def shown(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Revision timeline").locator("[aria-current=true]")


def starts(words: str) -> re.Pattern[str]:
    return re.compile(rf"^{words}\b")
