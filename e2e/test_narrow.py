"""On a phone: the history is a sheet, and nothing is wider than the screen."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.finding import body, previewing, revision, shown, starts

Write = Callable[..., int]
WIDE_TEXT = (
    "# A"
    + "h" * 200
    + "\n\n`"
    + "x" * 200
    + "`\n\n"
    + "| column |" * 20
    + "\n"
    + "|---|" * 20
    + "\n\nhttps://e.example/"
    + "y" * 200
)

SMALL = """all => all.filter((one) => one.checkVisibility() && one.offsetHeight < 44)
  .map((one) => one.className || one.id)"""


@pytest.fixture
def phone(new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace) -> Page:
    """A small screen on which the administrator is signed in."""
    page: Page = new_context(viewport={"width": 390, "height": 844}, storage_state=session_of(cast.admin)).new_page()
    return page


def test_the_history_opens_as_a_sheet_and_esc_gives_the_focus_back(phone: Page, write: Write) -> None:
    post = write("first words", "second words")
    phone.goto(f"/{post}/update")
    expect(revision(phone, 0)).to_be_hidden()
    button = phone.get_by_role("button", name="History", exact=True)
    button.click()
    expect(revision(phone, 0)).to_be_in_viewport()
    phone.set_viewport_size({"width": 640, "height": 450})  # 1280 × 900 at 200 %: it leaves the rows no less room
    assert round(phone.locator("#history").bounding_box()["height"]) == 450 - 16
    phone.set_viewport_size({"width": 390, "height": 844})

    phone.keyboard.press("Escape")

    expect(revision(phone, 0)).to_be_hidden()
    expect(button).to_be_focused()


def test_choosing_a_revision_closes_the_sheet(phone: Page, write: Write) -> None:
    post = write("first words", "second words", "third words")
    phone.goto(f"/{post}/update")
    phone.get_by_role("button", name="History", exact=True).click()

    revision(phone, 1).click()

    expect(previewing(phone, 1)).to_be_visible()
    expect(body(phone)).to_have_value("second words")
    expect(revision(phone, 0)).to_be_hidden()
    expect(phone.locator(":focus")).not_to_have_count(0)


def test_the_sheet_opens_at_the_revision_that_is_shown(phone: Page, write: Write) -> None:
    post = write(*map(str, range(40)))
    phone.goto(f"/{post}/update?revision=3")

    phone.get_by_role("button", name="History", exact=True).click()

    expect(shown(phone)).to_have_accessible_name(starts("Revision 3"))
    expect(shown(phone)).to_be_in_viewport()


def test_stepping_through_revisions_keeps_the_focus_there(phone: Page, write: Write) -> None:
    post = write("first words", "second words", "third words")
    phone.goto(f"/{post}/update?revision=1")

    phone.get_by_role("link", name="Older, revision 0").click()
    expect(previewing(phone, 0)).to_be_visible()
    phone.get_by_role("link", name="Newer, revision 1").click()

    expect(previewing(phone, 1)).to_be_visible()
    expect(phone.get_by_role("link", name="Newer, revision 2")).to_be_focused()


def test_the_contents_of_a_long_post_are_folded_away(phone: Page, write: Write, publish: Callable[..., None]) -> None:
    post = write("".join(f"## Part {part}\n\n{'Words. ' * 300}\n\n" for part in range(6)))
    publish(post)
    phone.goto(f"/{post}")
    contents = phone.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("link", name="Part 4")).to_be_hidden()

    contents.get_by_text("Contents").click()
    contents.get_by_role("link", name="Part 4").click()

    expect(phone.get_by_role("heading", name="Part 4")).to_be_in_viewport()


def test_no_screen_is_wider_than_the_phone(phone: Page, write: Write, publish: Callable[..., None]) -> None:
    post = write("Short.", WIDE_TEXT, title="Un" + "believ" * 40 + "able", tags="w" * 50)
    publish(post)
    pages = {
        address: phone.goto(address) and phone.evaluate("document.documentElement.scrollWidth")
        for address in (
            "/",
            f"/{post}",
            "/create",
            f"/{post}/update",
            f"/{post}/update?revision=0",
            f"/{post}/version/0",
            f"/{post}/compare?from=0&to=1",
            f"/{post}/timeline",
            "/activity",
            "/trash",
            "/people",
            "/account",
        )
    }

    assert pages == dict.fromkeys(pages, 390)


def test_what_a_finger_presses_is_large_enough(
    new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace, write: Write
) -> None:
    touch = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = new_context(storage_state=session_of(cast.admin), **touch).new_page()
    page.goto(f"/{write('first words', 'second words')}/update?revision=0")

    assert page.locator(".menu-person, .effect summary, .banner-back, #tags, #note").evaluate_all(SMALL) == []
    page.get_by_role("button", name="History", exact=True).tap()
    assert page.locator("#history :is(.chip, .chip > select, .revision, .row-menu)").evaluate_all(SMALL) == []
