"""Who else has the post open, and what they do."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from e2e.finding import body


def test_two_people_see_each_other_and_who_types(
    editor: Page,
    new_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    cast: SimpleNamespace,
    write: Callable[..., int],
) -> None:
    post = write("first words")
    other = new_context(storage_state=session_of(cast.author)).new_page()
    editor.clock.install()
    editor.goto(f"/{post}/update")
    present = editor.get_by_role("group", name="Who else is here")
    expect(present).to_be_hidden()
    with other.expect_response("**/presence?*"):
        other.goto(f"/{post}/update")

    body(editor).fill("his words")
    editor.clock.fast_forward(1_000)

    expect(present).to_contain_text("Ana Ruiz is viewing")
    expect(editor.locator("#live")).to_have_text("Ana Ruiz is viewing")
    with other.expect_response("**/presence?*"):
        body(other).press_sequentially("her ")
    editor.clock.fast_forward(10_000)
    expect(present).to_contain_text("Ana Ruiz is editing")
    expect(body(editor)).to_have_value("his words")
    expect(body(editor)).to_be_focused()

    other.reload()
    expect(other.get_by_role("group", name="Who else is here")).to_contain_text("Ed Itor is editing")
