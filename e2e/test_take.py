"""Taking single changes back: they land in the form, unsaved and marked, and are saved as one revision."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.finding import alert, body, save, shown, starts, state
from e2e.test_accessibility import violations

Write = Callable[..., int]

FIRST = "We left at dawn.\n\nBen cooked for all of us.\n\nThe end was near.\n"
SECOND = "We left at dusk.\n\nBen cooked for all of us.\n\nThe end was far.\n"
THIRD = "We left at dusk.\n\nOtto cooked for all of us.\n\nThe end was far.\n"


@pytest.fixture
def plain(new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace) -> Page:
    """A page on which the editor is signed in and no script runs."""
    page: Page = new_context(java_script_enabled=False, storage_state=session_of(cast.editor)).new_page()
    return page


def take_back(page: Page, number: int) -> Locator:
    """Return the button beside a change."""
    return page.get_by_role("button", name=f"Take this back (change {number})", exact=True)


def tick(page: Page, number: int) -> Locator:
    """Return the box beside a change."""
    return page.get_by_role("checkbox", name=starts(f"Tick change {number}"))


def heading(page: Page) -> Locator:
    """Return what says that something landed."""
    return page.get_by_role("heading", name=starts("Taken back from"))


def test_one_change_lands_marked_and_is_saved_as_one_revision(editor: Page, write: Write) -> None:
    post = write(FIRST, SECOND)
    editor.goto(f"/{post}/update?revision=0&view=changes")

    take_back(editor, 1).click()

    expect(heading(editor)).to_be_focused()
    expect(body(editor)).to_have_value(FIRST.replace("near", "far"))
    expect(editor.get_by_role("insertion")).to_contain_text("dawn")
    expect(state(editor)).to_have_text(re.compile("Unsaved changes|Draft saved"))
    expect(editor).to_have_url(f"/{post}/update")
    save(editor).click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(shown(editor)).to_contain_text("parts of #0")
    expect(heading(editor)).to_have_count(0)
    expect(body(editor)).to_have_value(FIRST.replace("near", "far"))


def test_what_landed_is_kept_as_a_draft_that_remembers_where_it_came_from(editor: Page, write: Write) -> None:
    post = write(FIRST, SECOND)
    editor.goto(f"/{post}/update?revision=0&view=changes")
    take_back(editor, 1).click()
    expect(state(editor)).to_contain_text("Draft saved")

    editor.goto(f"/{post}/update")
    expect(body(editor)).to_have_value(FIRST.replace("near", "far"))
    save(editor).click()

    expect(shown(editor)).to_contain_text("parts of #0")
    editor.goto(f"/{post}/update")
    expect(state(editor)).to_have_text("All changes saved")


def test_ticks_land_together_in_ones_draft(editor: Page, write: Write) -> None:
    post = write(FIRST, THIRD)
    editor.goto(f"/{post}/update")
    body(editor).fill(THIRD + "\nAnd home again, after all.\n")
    expect(state(editor)).to_contain_text("Draft saved")
    editor.goto(f"/{post}/compare?from=0&to=1")
    expect(editor.get_by_role("button", name="Take back what is ticked")).not_to_be_visible()

    tick(editor, 1).check()
    tick(editor, 2).check()
    editor.get_by_role("button", name="Take back what is ticked").click()

    expect(heading(editor)).to_be_visible()
    expect(body(editor)).to_have_value(FIRST.replace("near", "far") + "\nAnd home again, after all.\n")


def test_parts_of_two_revisions_are_saved_as_one(editor: Page, write: Write) -> None:
    post = write(FIRST, SECOND, THIRD)
    editor.goto(f"/{post}/compare?from=0&to=1")
    take_back(editor, 1).click()
    expect(body(editor)).to_have_value(THIRD.replace("dusk", "dawn"))
    expect(state(editor)).to_contain_text("Draft saved")

    editor.goto(f"/{post}/compare?from=1&to=2&view=rendered")
    take_back(editor, 1).click()
    expect(heading(editor)).to_have_text(starts("Taken back from #0.* and #1"))
    expect(body(editor)).to_have_value(FIRST.replace("near", "far"))
    save(editor).click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 3"))
    expect(shown(editor)).to_contain_text("parts of #1, #0")


@pytest.mark.refuses(409)
def test_a_change_that_does_not_fit_leaves_the_text_alone(
    editor: Page, write: Write, revise: Callable[..., None]
) -> None:
    post = write(FIRST, SECOND)
    editor.goto(f"/{post}/update?revision=0&view=changes")
    expect(take_back(editor, 1)).to_be_visible()
    revise(post, SECOND.replace("dusk", "noon"))

    take_back(editor, 1).click()

    expect(alert(editor).get_by_role("heading", name="Not taken back")).to_be_focused()
    expect(take_back(editor, 1)).to_be_visible()


def test_the_title_is_taken_back_alone(editor: Page, write: Write, revise: Callable[..., None]) -> None:
    post = write(FIRST, title="The old title")
    revise(post, SECOND, title="The new title")
    editor.goto(f"/{post}/compare?from=0&to=1")

    editor.get_by_role("button", name="Take this back (the title)").click()

    expect(editor.get_by_label("Title")).to_have_value("The old title")
    expect(body(editor)).to_have_value(SECOND)


def test_without_a_script_it_is_the_same(plain: Page, write: Write) -> None:
    post = write(FIRST, SECOND)
    plain.goto(f"/{post}/update?revision=0&view=changes")
    tick(plain, 2).check()
    plain.get_by_role("button", name="Take back what is ticked").click()
    expect(heading(plain)).to_be_visible()
    expect(body(plain)).to_have_value(SECOND.replace("far", "near"))

    save(plain).click()

    expect(shown(plain)).to_contain_text("parts of #0")
    expect(body(plain)).to_have_value(SECOND.replace("far", "near"))


@pytest.mark.refuses(409)
def test_without_a_script_what_does_not_fit_keeps_the_text(
    plain: Page, write: Write, revise: Callable[..., None]
) -> None:
    post = write(FIRST, SECOND)
    plain.goto(f"/{post}/compare?from=0&to=1")
    revise(post, SECOND.replace("dusk", "noon"))

    take_back(plain, 1).click()

    expect(plain.get_by_role("heading", name="Not taken back")).to_be_visible()
    expect(body(plain)).to_have_value(SECOND.replace("dusk", "noon"))


def test_the_sentences_lead_to_their_changes(editor: Page, write: Write) -> None:
    post = write(FIRST, SECOND)
    editor.goto(f"/{post}/compare?from=0&to=1")
    told = editor.get_by_role("list", name="What changed, in words")
    expect(told.get_by_role("listitem")).to_have_text(
        ["Paragraph 1: “dawn” became “dusk”", "Paragraph 3: “near” became “far”"]
    )

    told.get_by_role("link", name="far").click()

    expect(editor).to_have_url(f"/{post}/compare?from=0&to=1#change-2")


def test_what_landed_passes_axe(
    new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace, write: Write
) -> None:
    editor = new_context(storage_state=session_of(cast.editor), reduced_motion="reduce").new_page()
    post = write(FIRST, SECOND)
    editor.goto(f"/{post}/update?revision=0&view=changes")
    tick(editor, 2).check()
    assert violations(editor) == {}

    take_back(editor, 1).click()
    expect(heading(editor)).to_be_visible()
    assert violations(editor) == {}
