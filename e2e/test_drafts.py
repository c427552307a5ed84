"""Typed text that is not saved outlives everything that may happen to the page, and "saved" is never said too early."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from e2e.finding import KEPT, alert, body, previewing, revision, save, shown, starts, state

Write = Callable[..., int]


def drafts(page: Page) -> Locator:
    """Return the list of one's own drafts beside the form."""
    return page.get_by_role("region", name="Your drafts")


def back(page: Page) -> Locator:
    """Return the way back to the draft."""
    return page.get_by_role("link", name="Back to my draft").first


def caret(page: Page) -> int:
    return int(body(page).evaluate("field => field.selectionStart"))


@pytest.fixture
def another(
    new_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], cast: SimpleNamespace
) -> Page:
    """A page of the same person in another browser: nothing that the first one keeps is there."""
    return new_context(storage_state=session_of(cast.editor)).new_page()


# ── What it outlives ────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_kept_a_moment_after_typing(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")

    body(editor).fill("my words")
    expect(state(editor)).to_have_text("Unsaved changes")

    expect(state(editor)).to_have_text(KEPT)
    expect(drafts(editor)).to_contain_text("Your draft")
    expect(body(editor)).to_be_focused()


def test_it_survives_looking_at_another_revision(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    body(editor).press("Home")

    revision(editor, 0).click()
    expect(body(editor)).to_have_value("first words")
    back(editor).click()

    expect(body(editor)).to_have_value("my words")
    expect(body(editor)).to_be_focused()
    assert caret(editor) == 0
    expect(editor).to_have_url(f"/{post}/update")
    expect(state(editor)).to_have_text(KEPT)
    save(editor).click()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(state(editor)).to_have_text("All changes saved")


def test_it_survives_back_in_the_browser(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update?revision=0")
    editor.get_by_role("link", name="Back to latest").click()
    expect(body(editor)).to_have_value("second words")
    body(editor).fill("my words")

    editor.go_back()
    expect(body(editor)).to_have_value("first words")
    editor.go_forward()

    expect(body(editor)).to_have_value("my words")


def test_it_survives_a_reload(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")

    editor.reload()
    expect(body(editor)).to_have_value("my words")
    expect(state(editor)).to_have_text(KEPT)
    editor.reload()

    expect(body(editor)).to_have_value("my words")
    expect(drafts(editor).get_by_role("link", name="Your draft")).to_have_count(1)


def test_it_survives_the_browser(editor: Page, another: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    expect(state(editor)).to_have_text(KEPT)

    editor.context.close()
    another.goto("/")
    expect(another.get_by_role("article").filter(has_text="Your draft")).not_to_have_count(0)
    another.goto(f"/{post}/update")

    expect(body(another)).to_have_value("my words")
    expect(state(another)).to_have_text(KEPT)
    save(another).click()
    expect(shown(another)).to_have_accessible_name(starts("Revision 1"))
    expect(state(another)).to_have_text("All changes saved")


def test_a_text_in_an_old_revision_is_kept_apart_from_that_in_the_latest(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    body(editor).fill("mine in the latest")
    revision(editor, 0).click()
    expect(body(editor)).to_have_value("first words")
    body(editor).fill("mine in the old one")
    expect(state(editor)).to_have_text(KEPT)
    expect(editor).to_have_url(re.compile(rf"/{post}/update\?draft=\d+$"))

    editor.reload()
    expect(body(editor)).to_have_value("mine in the old one")
    expect(previewing(editor, 0)).to_be_visible()
    rows = drafts(editor).get_by_role("link", name="Your draft")
    expect(rows).to_have_count(2)
    rows.last.click()

    expect(body(editor)).to_have_value("mine in the latest")


def test_every_state_of_it_can_be_opened(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    for words in ("my words", "my words and more"):
        body(editor).fill(words)
        expect(state(editor)).to_have_text(KEPT)

    drafts(editor).get_by_text("2 states").click()
    drafts(editor).get_by_role("listitem").last.get_by_role("link").click()
    expect(editor.get_by_label("The text")).to_have_value("my words")
    editor.get_by_role("link", name="Open in the form").click()

    expect(body(editor)).to_have_value("my words")
    expect(editor.get_by_role("status").filter(has_text="An older state of your draft")).to_be_visible()


def test_a_new_post_is_drafted_too(editor: Page, another: Page) -> None:
    editor.goto("/create")
    editor.get_by_label("Title").fill("Lost and found")
    body(editor).fill("my words")
    expect(state(editor)).to_have_text(KEPT)

    another.goto("/")
    another.get_by_role("link", name="Lost and found").click()
    expect(body(another)).to_have_value("my words")
    save(another).click()

    expect(another).to_have_url(re.compile(r"/\d+/update$"))
    another.goto("/")
    expect(another.get_by_role("heading", name="Begun and not saved")).to_be_hidden()


def test_leaving_asks_nothing_and_loses_nothing(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    asked: list[str] = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    body(editor).fill("my words")

    editor.get_by_role("link", name="Stet, to the desk").click()
    expect(editor.get_by_role("heading", name="Desk", level=1)).to_be_visible()
    editor.goto(f"/{post}/update")

    expect(body(editor)).to_have_value("my words")
    assert asked == []


# ── Discarding ──────────────────────────────────────────────────────────────────────────────────


def test_discarding_asks_and_can_be_undone(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    expect(state(editor)).to_have_text(KEPT)
    editor.reload()

    editor.get_by_text("Discard…").click()
    expect(editor.get_by_text("Discard this draft?")).to_be_visible()
    editor.get_by_role("button", name="Discard the draft").click()
    expect(editor.get_by_text("The draft is discarded.")).to_be_visible()
    editor.get_by_role("button", name="Take it back").click()

    expect(body(editor)).to_have_value("my words")


def test_what_is_typed_away_again_is_no_draft(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    expect(state(editor)).to_have_text(KEPT)

    body(editor).fill("first words")

    expect(state(editor)).to_have_text("All changes saved")
    expect(drafts(editor).get_by_role("link", name="Your draft")).to_have_count(0)


# ── Without a script ────────────────────────────────────────────────────────────────────────────


def test_without_a_script_a_draft_is_kept_by_a_button(
    new_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], cast: SimpleNamespace, write: Write
) -> None:
    plain = new_context(java_script_enabled=False, storage_state=session_of(cast.editor)).new_page()
    post = write("first words", "second words")
    plain.goto(f"/{post}/update")
    body(plain).fill("my words")

    plain.get_by_role("button", name="Keep as a draft").click()
    expect(plain.get_by_text("Kept as a draft.")).to_be_visible()
    expect(body(plain)).to_have_value("my words")
    revision(plain, 0).click()
    back(plain).click()
    expect(body(plain)).to_have_value("my words")
    plain.get_by_text("Discard…").click()
    plain.get_by_role("button", name="Discard the draft").click()

    plain.get_by_role("button", name="Take it back").click()
    expect(body(plain)).to_have_value("my words")
    expect(alert(plain).get_by_role("heading")).to_have_count(0)
