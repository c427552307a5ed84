"""What the top bar says of typed text is true: with an answer that lies, offline, and after a crash."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, Route, expect

from e2e.finding import KEPT, body, save, state

Write = Callable[..., int]


def crash(page: Page) -> None:
    """End the page's process: it is not asked, so it cannot send or write anything any more."""
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    page.close()


def test_nothing_is_said_to_be_kept_unless_the_hash_is_that_of_the_text(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")

    def lie(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'data-sha256="\w+"', f'data-sha256="{"0" * 64}"', answer.text()))

    editor.route("**/draft", lie)
    body(editor).fill("my words")

    expect(state(editor)).to_have_text("Not saved")


def test_nothing_is_said_to_be_saved_unless_all_of_it_is_what_was_sent(editor: Page, write: Write) -> None:
    post = write("first words")
    lies = iter([(r'data-sha256="\w+"', f'data-sha256="{"0" * 64}"'), (r'data-note="[^"]*"', 'data-note=""')])

    def lie(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        answer = route.fetch()
        return route.fulfill(response=answer, body=re.sub(*next(lies), answer.text()))

    editor.route("**/update", lie)
    for words in ("my words", "my other words"):
        editor.goto(f"/{post}/update")
        body(editor).fill(words)
        editor.get_by_label("Note").fill("why")
        save(editor).click()

        expect(state(editor)).to_have_text("Not saved")
        expect(body(editor)).to_have_value(words)


@pytest.mark.refuses("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
def test_offline_is_told_of_and_what_was_typed_arrives_when_the_line_is_back(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    editor.context.set_offline(True)

    body(editor).press("End")
    body(editor).press_sequentially(" of mine")
    expect(state(editor)).to_have_text("Not saved: offline")
    expect(editor.get_by_text("The server is out of reach.")).to_be_visible()
    body(editor).press_sequentially(" and more")
    editor.context.set_offline(False)

    expect(state(editor)).to_have_text(KEPT)
    expect(editor.get_by_text("The server is out of reach.")).to_be_hidden()
    editor.reload()
    expect(body(editor)).to_have_value("first words of mine and more")


@pytest.mark.refuses("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
def test_text_that_never_arrived_is_offered_with_a_comparison_after_a_crash(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    editor.context.set_offline(True)
    body(editor).fill("my words")
    expect(state(editor)).to_have_text("Not saved: offline")

    crash(editor)
    editor.context.set_offline(False)
    tab = editor.context.new_page()
    tab.goto(f"/{post}/update")
    expect(tab.get_by_text("This browser has text of yours that did not reach the server")).to_be_visible()
    expect(body(tab)).to_have_value("first words")
    with tab.expect_popup() as compared:
        tab.get_by_role("button", name="Compare (opens a new tab)").click()
    expect(compared.value.get_by_role("insertion").first).to_contain_text("my")
    tab.get_by_role("button", name="Take it into the form").click()

    expect(body(tab)).to_have_value("my words")
    expect(state(tab)).to_have_text(KEPT)
    tab.reload()
    expect(body(tab)).to_have_value("my words")
    expect(tab.get_by_text("did not reach the server")).to_be_hidden()
