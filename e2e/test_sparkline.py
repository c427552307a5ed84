"""Choosing a revision on the line of sizes: by the mouse, by the keyboard, and by its number without a script."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from e2e.finding import body, previewing, revision, save, shown, starts

Write = Callable[..., int]
TWENTY = tuple("word " * number for number in range(1, 21))


def test_pressing_the_line_selects_the_revision_under_it(editor: Page, write: Write) -> None:
    post = write(*TWENTY)
    editor.goto(f"/{post}/update")

    press(editor, 0.5)

    expect(body(editor)).to_have_value("word " * 10)
    expect(editor).to_have_url(f"/{post}/update?revision=9")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 9"))
    expect(slider(editor)).to_have_attribute("aria-valuetext", re.compile(r"^Revision 9, \d+ \w+ \d{4}, 50 bytes$"))
    editor.go_back()
    expect(body(editor)).to_have_value("word " * 20)
    expect(slider(editor)).to_have_value("19")


def test_dragging_does_not_ask_for_all_that_it_passes(editor: Page, write: Write) -> None:
    post = write(*TWENTY)
    editor.goto(f"/{post}/update")
    asked: list[str] = []
    editor.on("request", lambda request: note(request, asked))
    box = slider(editor).bounding_box()
    assert box is not None
    # It is gone a moment after the pointer rests: what it says is noted where it is said.
    editor.locator(".sparkline-readout").evaluate("""line => new MutationObserver(() => {
      if (line.textContent) line.dataset.said = line.textContent;
    }).observe(line, { childList: true })""")

    editor.mouse.move(box["x"] + box["width"] - 1, box["y"] + 20)
    editor.mouse.down()
    editor.mouse.move(box["x"], box["y"] + 20, steps=10)
    said = re.compile(r"^Revision 0, .*, 5 bytes$")
    expect(editor.locator(".sparkline-readout")).to_have_attribute("data-said", said)
    editor.mouse.up()

    expect(body(editor)).to_have_value("word ")
    # On a slow machine it rests in between too.
    assert asked[-1] == f"/{post}/update?revision=0"
    assert len(asked) < 5


def test_the_keyboard_walks_along_the_line(editor: Page, write: Write) -> None:
    post = write(*TWENTY)
    editor.goto(f"/{post}/update")
    slider(editor).focus()

    for key, number in (
        ("Home", 0),
        ("ArrowRight", 1),
        ("PageUp", 3),
        ("End", 19),
        ("ArrowLeft", 18),
        ("PageDown", 16),
    ):
        editor.keyboard.press(key)
        expect(body(editor)).to_have_value("word " * (number + 1))
        expect(shown(editor)).to_have_accessible_name(starts(f"Revision {number}"))
        expect(slider(editor)).to_be_focused()


def test_the_mark_follows_what_is_selected_elsewhere(editor: Page, write: Write) -> None:
    post = write(*TWENTY)
    editor.goto(f"/{post}/update")

    revision(editor, 12).click()

    expect(previewing(editor, 12)).to_be_visible()
    expect(slider(editor)).to_have_value("12")


def test_a_save_adds_its_point_and_a_name_its_mark(editor: Page, write: Write) -> None:
    post = write("one", "two words")
    editor.goto(f"/{post}/update")
    body(editor).fill("now three words")
    save(editor).click()
    expect(slider(editor)).to_have_attribute("max", "2")
    expect(slider(editor)).to_have_value("2")

    editor.get_by_role("link", name="Name it revision 2").click()
    editor.get_by_label("Name", exact=True).fill("Sent to review")
    editor.keyboard.press("Enter")

    expect(slider(editor)).to_have_attribute(
        "aria-valuetext", re.compile(r"^Revision 2, .*, 15 bytes, Sent to review$")
    )


def test_the_first_save_after_the_first_revision_draws_the_line(editor: Page, write: Write) -> None:
    post = write("one")
    editor.goto(f"/{post}/update")
    expect(slider(editor)).to_have_count(0)

    body(editor).fill("one two")
    save(editor).click()

    expect(slider(editor)).to_have_value("1")


def test_unsaved_text_is_kept_while_one_looks_along_the_line(editor: Page, write: Write) -> None:
    post = write(*TWENTY)
    editor.goto(f"/{post}/update")
    body(editor).fill("not saved yet")
    press(editor, 0)
    expect(body(editor)).to_have_value("word ")

    press(editor, 1)
    expect(body(editor)).to_have_value("word " * 20)
    editor.get_by_role("link", name="Back to my draft").first.click()

    expect(body(editor)).to_have_value("not saved yet")


def test_without_a_script_a_number_is_typed(
    new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace, write: Write
) -> None:
    plain = new_context(java_script_enabled=False, storage_state=session_of(cast.editor)).new_page()
    post = write(*TWENTY)
    plain.goto(f"/{post}/update")

    plain.get_by_role("spinbutton", name="Revision").fill("7")
    plain.get_by_role("button", name="Go").click()

    expect(plain).to_have_url(f"/{post}/update?revision=7")
    expect(body(plain)).to_have_value("word " * 8)


@pytest.mark.parametrize("share", [0.25, 1.0])
def test_on_a_phone_the_sheet_closes_when_the_finger_leaves_the_line(
    new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace, write: Write, share: float
) -> None:
    post = write(*TWENTY)
    phone = new_context(
        storage_state=session_of(cast.editor),
        viewport={"width": 390, "height": 844},
        has_touch=True,
        reduced_motion="reduce",
    ).new_page()
    phone.goto(f"/{post}/update?revision=10")
    phone.get_by_role("button", name="History", exact=True).click()
    box = slider(phone).bounding_box()
    assert box is not None

    phone.touchscreen.tap(box["x"] + share * (box["width"] - 1), box["y"] + 20)

    expect(body(phone)).to_have_value("word " * (round(share * 19) + 1))
    expect(slider(phone)).not_to_be_visible()


def slider(page: Page) -> Locator:
    """Return the slider over the line."""
    return page.get_by_role("slider", name="Revision")


def press(page: Page, share: float) -> None:
    """Press the line at that share of its width."""
    box = slider(page).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + share * (box["width"] - 1), box["y"] + 20)


def note(request: Request, asked: list[str]) -> None:
    """Remember the revisions that the page asks for."""
    if "/update?" in request.url:
        asked.append(request.url[request.url.index("/", len("http://")) :])
