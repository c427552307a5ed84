"""What other people save comes in by itself, and moves nothing that is seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from e2e.finding import body, revision, shown, starts, timeline

Write = Callable[..., int]
Revise = Callable[..., None]
A_WHILE_MS = 11_000


@pytest.fixture
def later(editor: Page) -> Callable[[], None]:
    """`later()` lets the time pass after which the page asks again."""
    editor.clock.install()
    return lambda: editor.clock.fast_forward(A_WHILE_MS)


def test_a_revision_of_somebody_else_appears_on_top_and_what_is_said_of_this_one_stays_true(
    editor: Page, write: Write, revise: Revise, publish: Callable[..., None], later: Callable[[], None]
) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update")
    body(editor).fill("mine, not saved")
    revise(post, "two")

    later()

    expect(revision(editor, 2)).to_be_visible()
    expect(revision(editor, 2)).to_contain_text("Latest")
    expect(timeline(editor).get_by_text("Latest", exact=True)).to_have_count(1)
    expect(editor.get_by_text("3 revisions", exact=True)).to_be_visible()
    expect(editor.locator("#live")).to_have_text("1 new revision by Ana Ruiz")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(body(editor)).to_have_value("mine, not saved")
    expect(body(editor)).to_be_focused()
    expect(timeline(editor).get_by_role("heading", level=3)).to_have_count(1)
    expect(standing(editor)).to_contain_text("Revision 1, #2 is newer")
    expect(standing(editor)).to_contain_text("Not published")
    row = revision(editor, 1)
    row.focus()
    publish(post, 1)

    later()

    expect(standing(editor)).to_contain_text("Live")
    expect(row).to_contain_text("Live")
    expect(row).to_be_focused()
    editor.get_by_role("link", name="#2 is newer").click()
    expect(body(editor)).to_have_value("two")
    expect(standing(editor)).to_contain_text("Revision 2, the latest")
    expect(standing(editor)).to_contain_text("Readers see #1")


def standing(page: Page) -> Locator:
    """Return the line above the form that says how its revision stands."""
    return page.get_by_role("main").get_by_role("paragraph").filter(has_text=starts("\\s*Revision \\d+"))


def test_scrolled_down_nothing_moves_and_a_button_tells(
    editor: Page, write: Write, revise: Revise, later: Callable[[], None]
) -> None:
    post = write(*map(str, range(40)))
    editor.goto(f"/{post}/update")
    timeline(editor).evaluate("rows => rows.scrollTop = 900")
    row = revision(editor, 20)
    before = row.bounding_box()
    revise(post, "forty")
    revise(post, "forty-one")

    later()

    button = editor.get_by_role("button", name="2 new revisions")
    expect(button).to_be_visible()
    assert row.bounding_box() == before
    button.click()
    expect(revision(editor, 41)).to_be_in_viewport()
    expect(revision(editor, 41)).to_be_focused()
    expect(button).to_be_hidden()


def test_in_a_window_onto_the_past_the_button_leads_to_the_new_ones(
    editor: Page, write: Write, revise: Revise, later: Callable[[], None]
) -> None:
    post = write(*map(str, range(160)))
    editor.goto(f"/{post}/update?revision=40")
    expect(revision(editor, 40)).to_be_in_viewport()
    revise(post, "new")

    later()

    editor.get_by_role("button", name="1 new revision").click()
    expect(revision(editor, 160)).to_be_focused()
    expect(revision(editor, 111)).to_be_attached()
    expect(body(editor)).to_have_value("40")


@pytest.mark.refuses(503)
def test_failing_answers_are_not_told_and_asked_for_less_and_less_often(
    editor: Page, write: Write, later: Callable[[], None]
) -> None:
    post = write("zero")
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=503, body="<h1>The proxy says no</h1>")

    editor.route("**/presence?*", refuse)
    with editor.expect_response("**/presence?*"):
        editor.goto(f"/{post}/update")
    expect(editor.locator("#alerts")).to_be_empty()

    later()  # the second time only after twenty seconds
    with editor.expect_response("**/presence?*"):
        later()

    assert len(asked) == 2
    expect(editor.locator("#alerts")).to_be_empty()
