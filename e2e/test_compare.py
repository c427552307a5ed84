"""Two texts against each other: picking them, walking through what changed, unfolding what did not."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.finding import body, revision

Write = Callable[..., int]
LINES = [f"line {number}" for number in range(1, 101)]


def changed(*numbers: int) -> str:
    """Return the hundred lines with these ones changed."""
    return "\n".join(f"other words {at}" if at in numbers else line for at, line in enumerate(LINES, 1))


@pytest.fixture
def plain(new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace) -> Page:
    """A page on which the editor is signed in and no script runs."""
    page: Page = new_context(java_script_enabled=False, storage_state=session_of(cast.editor)).new_page()
    return page


@pytest.mark.parametrize("view", ["inline", "split"])
def test_the_walk_goes_from_change_to_change_by_key_and_by_button(editor: Page, write: Write, view: str) -> None:
    post = write("\n".join(LINES), changed(5, 50, 95))
    editor.goto(f"/{post}/compare?view={view}")
    expect(walk(editor)).to_contain_text("3 changes")

    editor.keyboard.press("n")
    expect(walk(editor)).to_contain_text("1 of 3")
    editor.keyboard.press("n")
    expect(change(editor, 2)).to_be_focused()
    expect(change(editor, 2)).to_be_in_viewport()
    expect(change(editor, 2)).to_have_accessible_name("Change 2 of 3")

    editor.get_by_role("link", name="Next change").click()
    expect(walk(editor)).to_contain_text("3 of 3")
    editor.keyboard.press("n")
    expect(change(editor, 3)).to_be_focused()
    editor.keyboard.press("p")
    expect(change(editor, 2)).to_be_focused()
    expect(editor).to_have_url(re.compile(r"/compare\?view=\w+$"))


def test_letters_typed_into_a_field_do_not_walk(editor: Page, write: Write) -> None:
    post = write("one", "two")
    editor.goto(f"/{post}/compare")

    editor.get_by_label("From revision", exact=True).press("n")

    expect(walk(editor)).to_contain_text("1 change")


@pytest.mark.parametrize("view", ["inline", "split"])
def test_a_fold_opens_in_its_place_keeps_the_focus_and_folds_again(editor: Page, write: Write, view: str) -> None:
    post = write("\n".join(LINES), changed(5, 95))
    editor.goto(f"/{post}/compare?view={view}")

    editor.get_by_role("link", name="83 unchanged lines").click()

    expect(editor.locator("summary:focus")).to_have_text("83 unchanged lines")
    same = editor.get_by_text("line 50", exact=True).filter(visible=True)
    expect(same).to_have_count(2 if view == "split" else 1)
    editor.keyboard.press("Enter")
    expect(same).to_have_count(0)


def test_a_text_is_compared_as_it_is_read(editor: Page, write: Write) -> None:
    old = "\n\n".join(["See [the guide](/old).", *LINES, "We left at *dawn*."])
    post = write(old, old.replace("/old", "/new").replace("*dawn*", "**dusk**"))
    editor.goto(f"/{post}/compare")
    editor.get_by_role("link", name="Rendered").click()

    expect(editor.get_by_text("link target changed from /old to /new")).to_be_visible()
    expect(editor.get_by_role("strong").get_by_role("insertion")).to_contain_text("dusk")
    editor.keyboard.press("n")
    editor.keyboard.press("n")
    expect(change(editor, 2)).to_be_focused()
    editor.get_by_role("link", name="98 unchanged passages").click()

    expect(editor.get_by_text("line 50", exact=True)).to_be_visible()
    expect(editor).to_have_url(f"/{post}/compare?from=0&to=1&view=rendered")


def test_both_columns_stand_level(editor: Page, write: Write) -> None:
    post = write("one\ntwo\nthree", "one\nlong words " + "and more " * 100 + "\nthree\nfour")
    editor.goto(f"/{post}/compare?view=split")
    old = editor.get_by_role("region", name="Revision 0")
    new = editor.get_by_role("region", name="Revision 1")

    assert top(old.get_by_text("three")) == top(new.get_by_text("three"))
    assert top(old.get_by_text("one")) == top(new.get_by_text("one"))


def test_the_pair_is_picked_by_numbers_and_steps_and_swapped(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two", "three")
    editor.goto(f"/{post}/compare")
    editor.get_by_label("From revision", exact=True).fill("0")
    editor.get_by_role("button", name="Compare", exact=True).click()
    expect(editor.get_by_role("deletion").first).to_contain_text("zero")

    editor.get_by_role("link", name="To revision 2, older").click()
    expect(editor.get_by_role("insertion").last).to_contain_text("two")
    editor.get_by_role("link", name="Swap the two").click()

    expect(editor).to_have_url(f"/{post}/compare?from=2&to=0")
    expect(editor.get_by_role("deletion").last).to_contain_text("two")


def test_shift_and_click_on_two_rows_compares_them(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update")

    revision(editor, 2).click(modifiers=["Shift"])
    expect(editor.locator("#live")).to_contain_text("Revision 2 picked")
    revision(editor, 0).click(modifiers=["Shift"])

    expect(editor).to_have_url(f"/{post}/compare?from=0&to=2")


def test_without_a_script_folds_open_and_changes_are_links_away(plain: Page, write: Write) -> None:
    post = write("\n".join(LINES), changed(5, 95))
    plain.goto(f"/{post}/compare")

    plain.get_by_role("link", name="83 unchanged lines").click()
    expect(plain.get_by_text("line 50", exact=True)).to_be_visible()
    plain.get_by_role("link", name="Next change").click()
    expect(plain).to_have_url(re.compile("#change-1$"))

    plain.get_by_role("link", name="Side by side").click()
    plain.get_by_role("link", name="83 unchanged lines").click()
    both = plain.get_by_text("line 50", exact=True).filter(visible=True)
    expect(both).to_have_count(2)
    plain.get_by_text("83 unchanged lines").filter(visible=True).first.click()
    expect(both).to_have_count(0)


def test_without_a_script_typed_text_is_compared_and_comes_back(plain: Page, write: Write) -> None:
    post = write("\n".join(LINES), changed(5))
    plain.goto(f"/{post}/update")
    body(plain).fill(changed(5, 95))
    plain.get_by_label("More about this post").click()
    plain.get_by_role("button", name="Compare with what I typed").click()
    expect(plain.get_by_role("insertion").last).to_contain_text("other words 95")

    plain.get_by_role("button", name="91 unchanged lines").click()
    expect(plain.get_by_text("line 50", exact=True)).to_be_visible()
    plain.get_by_role("button", name="Side by side").click()
    expect(plain.get_by_role("region", name="What you typed")).to_contain_text("other words 95")
    plain.get_by_role("button", name="Back to the form").click()

    expect(body(plain)).to_have_value(changed(5, 95))
    expect(plain.get_by_text("Unsaved changes")).to_be_visible()


def walk(page: Page) -> Locator:
    """Return the buttons that lead from change to change."""
    return page.get_by_role("navigation", name="Changes, one by one")


def change(page: Page, number: int) -> Locator:
    """Return a change by its number."""
    return page.locator(f"#change-{number}")


def top(element: Locator) -> float:
    """Return how far down the page it stands, in pixels."""
    box = element.bounding_box()
    assert box is not None
    return box["y"]
