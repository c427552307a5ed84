"""A revision on whose row the pointer rests is here before the click; and never instead of another one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from e2e.finding import body, previewing, revision, save

Write = Callable[..., int]
LONG_MS = 400  # longer than the pointer has to rest


@pytest.fixture
def asked(editor: Page) -> list[int]:
    """The numbers of the revisions whose fragment was asked for, in order."""
    numbers: list[int] = []

    def note(request: Request) -> None:
        found = re.search(r"/update\?revision=(\d+)$", request.url)
        if found and request.headers.get("hx-request-type") == "partial":
            numbers.append(int(found[1]))

    editor.on("request", note)
    return numbers


@pytest.fixture
def five(editor: Page, write: Write) -> Page:
    """The editor stands before a post with five revisions."""
    editor.goto(f"/{write(*(f'text {number}' for number in range(5)))}/update")
    return editor


def test_resting_fetches_once_and_the_click_asks_for_nothing(five: Page, asked: list[int]) -> None:
    with five.expect_response(re.compile(r"revision=1$")):
        revision(five, 1).hover()

    revision(five, 1).click()

    expect(previewing(five, 1)).to_be_visible()
    expect(body(five)).to_have_value("text 1")
    expect(five).to_have_url(re.compile(r"revision=1$"))
    assert asked == [1]


def test_the_focus_resting_on_a_row_is_as_good_as_the_pointer(five: Page, asked: list[int]) -> None:
    with five.expect_response(re.compile(r"revision=2$")):
        revision(five, 2).focus()

    five.keyboard.press("Enter")

    expect(body(five)).to_have_value("text 2")
    assert asked == [2]


def test_passing_over_rows_asks_for_nothing_but_the_last(five: Page, asked: list[int]) -> None:
    five.evaluate("""() => {
      for (const number of [3, 2, 1, 0])
        document.querySelector(`[data-timeline] [data-revision="${number}"]`)
          .dispatchEvent(new PointerEvent("pointerover", { pointerType: "mouse", bubbles: true }));
    }""")
    five.wait_for_timeout(LONG_MS)

    assert asked == [0]


def test_asking_who_else_is_here_meanwhile_changes_nothing(five: Page, asked: list[int]) -> None:
    with five.expect_response(re.compile(r"/presence\?")), five.expect_response(re.compile(r"revision=1$")):
        five.evaluate("""() => {
          document.querySelector('[data-timeline] [data-revision="1"]')
            .dispatchEvent(new PointerEvent("pointerover", { pointerType: "mouse", bubbles: true }));
          document.dispatchEvent(new Event("visibilitychange"));
        }""")
    with five.expect_response(re.compile(r"/presence\?")):
        five.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    revision(five, 1).dispatch_event("click")

    expect(body(five)).to_have_value("text 1")
    assert asked == [1]


def test_the_latest_the_shown_one_and_a_finger_ask_for_nothing(five: Page, asked: list[int]) -> None:
    revision(five, 4).hover()
    five.wait_for_timeout(LONG_MS)
    revision(five, 1).dispatch_event("pointerover", {"pointerType": "touch"})
    five.wait_for_timeout(LONG_MS)

    assert asked == []


def test_with_unsaved_text_nothing_is_fetched_ahead(five: Page, asked: list[int]) -> None:
    with five.expect_response(re.compile(r"revision=1$")):
        revision(five, 1).hover()
    body(five).fill("typed")
    revision(five, 2).hover()
    five.wait_for_timeout(LONG_MS)
    assert asked == [1]

    five.mouse.move(0, 0)  # the row of the draft moves the others, and one of them under the pointer
    revision(five, 1).dispatch_event("click")

    expect(previewing(five, 1)).to_be_visible()
    assert asked == [1, 1]


def test_what_was_fetched_before_a_save_is_not_shown_after_it(five: Page, asked: list[int]) -> None:
    with five.expect_response(re.compile(r"revision=1$")):
        revision(five, 1).hover()
    five.keyboard.press("Control+s")
    expect(five.locator("#live")).to_contain_text("Nothing had changed")

    revision(five, 1).click()

    expect(previewing(five, 1)).to_be_visible()
    assert asked == [1, 1]
    expect(save(five)).to_be_enabled()


def test_an_overtaken_answer_is_never_shown_even_if_it_was_fetched_ahead(five: Page) -> None:
    slow: list[Route] = []
    five.route(re.compile(r"revision=0$"), lambda route: slow.append(route))
    with five.expect_request(re.compile(r"revision=0$")):
        revision(five, 0).hover()
    revision(five, 0).click()
    revision(five, 2).click()
    expect(previewing(five, 2)).to_be_visible()

    for route in slow:
        route.continue_()
    five.wait_for_timeout(LONG_MS)

    expect(previewing(five, 2)).to_be_visible()
    expect(body(five)).to_have_value("text 2")


@pytest.mark.refuses(503)
def test_a_failure_ahead_is_nobodys_the_click_asks_again(five: Page, asked: list[int]) -> None:
    failures: list[str] = []

    def fail_once(route: Route) -> None:
        if failures:
            return route.continue_()
        failures.append(route.request.url)
        return route.fulfill(status=503, body="busy")

    five.route(re.compile(r"revision=1$"), fail_once)
    with five.expect_response(re.compile(r"revision=1$")):
        revision(five, 1).hover()

    revision(five, 1).click()

    expect(body(five)).to_have_value("text 1")
    assert asked == [1, 1]
