"""The panes: what folds away and stays so, the sheet under the thumb, the line that says "wait", and paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.finding import body, previewing, revision

Write = Callable[..., int]


@pytest.fixture
def desk_of_two(editor: Page, write: Write) -> Page:
    """The editor stands before a post with two revisions."""
    post = write("# First\n\nwords", "# Second\n\nwords", title="On paper")
    editor.goto(f"/{post}/update")
    return editor


@pytest.fixture
def sheet(desk_of_two: Page) -> Page:
    """The same on a phone, with the history open."""
    desk_of_two.set_viewport_size({"width": 390, "height": 844})
    desk_of_two.emulate_media(reduced_motion="reduce")
    desk_of_two.get_by_role("button", name="History", exact=True).click()
    expect(revision(desk_of_two, 0)).to_be_in_viewport()
    return desk_of_two


def test_the_column_of_posts_folds_away_and_stays_so(desk_of_two: Page) -> None:
    page = desk_of_two
    page.set_viewport_size({"width": 1440, "height": 900})
    column, button = page.get_by_role("navigation", name="Posts"), page.get_by_role("button", name="Posts")
    expect(button).to_have_attribute("aria-expanded", "true")

    button.click()

    expect(column).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(body(page)).to_be_visible()
    expect(column).to_be_hidden()
    button.click()
    expect(column).to_be_visible()
    page.reload()
    expect(column).to_be_visible()


def test_between_the_column_and_the_phone_the_posts_open_from_the_top_bar(desk_of_two: Page) -> None:
    page = desk_of_two
    page.set_viewport_size({"width": 1100, "height": 900})
    column, button = page.get_by_role("navigation", name="Posts"), page.get_by_role("button", name="Posts")
    expect(column).to_be_hidden()

    button.click()
    expect(column).to_be_visible()
    page.keyboard.press("Escape")

    expect(column).to_be_hidden()
    expect(button).to_be_focused()


def drag(page: Page, pixels: int) -> None:
    handle = page.get_by_text("History", exact=True).and_(page.locator("h2")).bounding_box()
    assert handle is not None
    page.mouse.move(handle["x"] + 20, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 20, handle["y"] + 5 + pixels, steps=4)
    page.mouse.up()


def test_dragging_the_sheet_down_closes_it(sheet: Page) -> None:
    drag(sheet, 120)

    expect(revision(sheet, 0)).to_be_hidden()


def test_a_short_drag_leaves_it_where_it_was(sheet: Page) -> None:
    before = sheet.locator("#history").bounding_box()

    drag(sheet, 20)

    assert sheet.locator("#history").bounding_box() == before
    expect(revision(sheet, 0)).to_be_in_viewport()


def test_the_history_button_closes_the_sheet_too(sheet: Page) -> None:
    button = sheet.get_by_role("button", name="History", exact=True)

    button.click()

    expect(revision(sheet, 0)).to_be_hidden()
    expect(button).to_be_focused()


def test_after_a_choice_a_bar_steps_and_restores(sheet: Page) -> None:
    revision(sheet, 0).click()

    expect(previewing(sheet, 0)).to_be_visible()
    expect(sheet.get_by_role("button", name="#0 in the history")).to_be_in_viewport()
    expect(sheet.get_by_role("link", name="Newer, revision 1")).to_be_in_viewport()
    expect(sheet.get_by_role("button", name="Restore this revision")).to_be_in_viewport()


def test_waiting_is_said_at_once_and_shown_after_a_moment(desk_of_two: Page) -> None:
    page, held = desk_of_two, list[Route]()
    page.route(re.compile(r"revision=0$"), lambda route: held.append(route))
    line = "getComputedStyle(document.getElementById('workspace'), '::before').opacity"
    assert page.evaluate(line) == "0"

    revision(page, 0).click()

    expect(page.locator("#workspace")).to_have_attribute("aria-busy", "true")
    expect(revision(page, 0)).to_have_attribute("aria-current", "true")
    page.wait_for_timeout(1000)
    assert page.evaluate(line) == "1"
    assert float(page.evaluate("getComputedStyle(document.getElementById('editor')).opacity")) < 1
    for route in held:
        route.continue_()
    expect(previewing(page, 0)).to_be_visible()
    expect(page.locator("#workspace")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate(line) == "0"


def test_printing_the_editor_prints_the_text_as_readers_see_it(desk_of_two: Page) -> None:
    page = desk_of_two
    revision(page, 0).click()
    expect(previewing(page, 0)).to_be_visible()

    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # as Ctrl P does, and the menu of the browser

    expect(page.locator("#print")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator("#print").get_by_role("heading", name="First")).to_be_visible()
    expect(page.locator("#print")).to_contain_text(re.compile(r"On paper, revision 0 of .* UTC · http://.*/\d+"))
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(body(page)).to_be_hidden()


def test_a_printed_post_says_which_revision_it_is(editor: Page, write: Write, publish: Callable[..., Any]) -> None:
    post = write("words", title="On paper")
    publish(post)
    editor.goto(f"/{post}")
    expect(editor.get_by_text("On paper, revision 0")).to_be_hidden()

    editor.emulate_media(media="print")

    expect(editor.get_by_text("On paper, revision 0")).to_be_visible()
    expect(editor.get_by_role("banner")).to_be_hidden()
