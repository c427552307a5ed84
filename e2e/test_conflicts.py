"""A save that is refused: somebody was first, something is missing, it is too much. The text always stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import LARGEST_BODY_BYTES
from e2e.finding import body, revision, save, shown, starts, state

Write = Callable[..., int]
Revise = Callable[..., None]
TOO_LONG = "Many words. " * (LARGEST_BODY_BYTES // 12 + 1)


@pytest.mark.refuses(409)
def test_somebody_saved_first_and_both_texts_stay(editor: Page, write: Write, revise: Revise) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    revise(post, "her words")

    save(editor).click()
    expect(editor.get_by_role("heading", name="Ana Ruiz saved revision 1 while you were editing")).to_be_focused()
    expect(body(editor)).to_have_value("my words")
    expect(state(editor)).to_have_text("Not saved")
    editor.get_by_role("button", name="Save mine as the newest").click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(state(editor)).to_have_text("All changes saved")
    expect(editor.get_by_role("heading", name="while you were editing")).to_have_count(0)
    revision(editor, 1).click()
    expect(body(editor)).to_have_value("her words")
    revision(editor, 2).click()
    expect(body(editor)).to_have_value("my words")


@pytest.mark.refuses(409)
def test_what_changed_meanwhile_opens_beside_the_text(editor: Page, write: Write, revise: Revise) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    revise(post, "her words")
    save(editor).click()

    with editor.expect_popup() as opened:
        editor.get_by_role("link", name="See what changed").click()

    expect(opened.value.get_by_role("insertion")).to_have_text("Inserted: her")
    expect(body(editor)).to_have_value("my words")


@pytest.mark.refuses(409)
def test_a_second_person_in_a_row_is_told_of_again(editor: Page, write: Write, revise: Revise) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    revise(post, "her words")
    save(editor).click()
    expect(editor.get_by_role("heading", name="Ana Ruiz saved revision 1 while you were editing")).to_be_visible()
    revise(post, "her other words")

    editor.get_by_role("button", name="Save mine as the newest").click()

    expect(editor.get_by_role("heading", name="Ana Ruiz saved revision 2 while you were editing")).to_be_focused()
    expect(body(editor)).to_have_value("my words")


@pytest.mark.refuses(409)
def test_restoring_over_an_unseen_revision_is_refused(editor: Page, write: Write, revise: Revise) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update?revision=0")
    revise(post, "her words")

    editor.get_by_role("button", name="Restore this revision").click()

    expect(editor.get_by_role("heading", name="Somebody saved first")).to_be_focused()
    expect(body(editor)).to_have_value("first words")


@pytest.mark.refuses(422)
def test_a_post_without_a_title_is_not_saved_and_says_where(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    editor.get_by_label("Title").fill(" ")

    save(editor).click()
    expect(editor.get_by_role("heading", name="Not saved")).to_be_focused()
    expect(editor.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    expect(body(editor)).to_have_value("my words")
    editor.get_by_label("Title").fill("A title")
    save(editor).click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(editor.get_by_label("Title")).not_to_have_attribute("aria-invalid", "true")
    expect(editor.get_by_role("heading", name="Not saved")).to_have_count(0)


@pytest.mark.refuses(413)
def test_too_long_a_text_is_not_saved_and_stays(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill(TOO_LONG)

    save(editor).click()

    expect(editor.get_by_role("heading", name="Not saved")).to_be_focused()
    expect(editor.get_by_text("A text has at most")).to_be_visible()
    expect(body(editor)).to_have_value(TOO_LONG)
