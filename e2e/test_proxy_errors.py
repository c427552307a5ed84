"""Answers that are not ours, or none at all: they never enter the page, and the text stays."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.finding import alert, body, previewing, revision, save, shown, starts, state

Write = Callable[..., int]
BUSY = '<div class="alert"><h2 tabindex="-1">Busy</h2><button type="button" data-retry>Try again</button></div>'
GATEWAY = "<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"


@pytest.mark.refuses(502, 503)
def test_a_proxys_error_page_is_no_answer_to_a_save(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    break_proxy(editor, f"**/{post}/update")

    save(editor).click()
    expect(editor.get_by_role("heading", name="That did not work")).to_be_focused()
    expect(body(editor)).to_have_value("my words")
    expect(state(editor)).to_have_text(re.compile(r"^(Not saved: no answer|Draft saved \d\d:\d\d)$"))
    expect(editor.get_by_text("Bad Gateway")).to_have_count(0)
    editor.unroute_all()
    refuse(editor, f"**/{post}/update")
    editor.get_by_role("button", name="Try again").click()
    expect(editor.get_by_role("heading", name="Busy")).to_be_focused()
    editor.unroute_all()
    editor.get_by_role("button", name="Try again").click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(state(editor)).to_have_text("All changes saved")
    expect(alert(editor).get_by_role("heading")).to_have_count(0)


@pytest.mark.refuses(502)
def test_publishing_again_after_a_proxys_error_page_still_publishes(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    break_proxy(editor, f"**/{post}/update")
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.get_by_role("heading", name="That did not work")).to_be_focused()
    editor.unroute_all()

    editor.get_by_role("button", name="Try again").click()

    expect(revision(editor, 1)).to_contain_text("Live")


@pytest.mark.refuses(502)
def test_a_proxys_error_page_is_no_revision(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    break_proxy(editor, f"**/{post}/update?revision=0")

    revision(editor, 0).click()
    expect(editor.get_by_role("heading", name="That did not work")).to_be_visible()
    expect(body(editor)).to_have_value("my words")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(editor).to_have_url(f"/{post}/update")
    editor.unroute_all()
    editor.get_by_role("button", name="Try again").click()

    expect(previewing(editor, 0)).to_be_visible()
    expect(body(editor)).to_have_value("first words")
    expect(alert(editor).get_by_role("heading")).to_have_count(0)


@pytest.mark.refuses("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
def test_a_save_without_a_network_waits_for_another_try(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    editor.context.set_offline(True)

    save(editor).click()
    expect(editor.get_by_text("You seem to be offline.")).to_be_visible()
    expect(body(editor)).to_have_value("my words")
    expect(state(editor)).to_have_text("Not saved: offline")
    editor.context.set_offline(False)
    body(editor).fill("my better words")
    editor.get_by_role("button", name="Try again").click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(body(editor)).to_have_value("my better words")
    expect(state(editor)).to_have_text("All changes saved")


def refuse(page: Page, address: str) -> None:
    """Answer as the server does when it cannot just now."""
    headers = {"X-Fragment": "1", "HX-Retarget": "#alerts", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
    page.route(address, lambda route: route.fulfill(status=503, content_type="text/html", headers=headers, body=BUSY))


def break_proxy(page: Page, address: str) -> None:
    """Answer for the server as a proxy does that does not reach it."""
    page.route(address, lambda route: route.fulfill(status=502, content_type="text/html", body=GATEWAY))
