"""The history in days and sessions: read on in both directions, and walked through with the keyboard."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from playwright.sync_api import Locator, Page, expect

from e2e.finding import body, revision, shown, starts, timeline

Write = Callable[..., int]
History = Callable[..., int]
DAY = 24 * 60


def heading(page: Page, name: str) -> Locator:
    """Return the heading of a day."""
    return timeline(page).get_by_role("heading", name=name, level=3)


def top(row: Locator) -> int:
    """Return where a row begins, in pixels from the top of the window."""
    box = row.bounding_box()
    assert box is not None
    return round(box["y"])


def sittings(cast: SimpleNamespace, *, before: int = 20) -> list[tuple[float, str]]:
    """Return single saves of Ana's far apart, then four of Ed's in one go, then one of Ana's."""
    single = [(DAY * 9 - 60 * number, cast.author) for number in range(before)]
    return [*single, *((DAY * 3 - minute, cast.editor) for minute in range(4)), (0, cast.author)]


def test_revisions_stand_under_their_days(editor: Page, history: History, cast: SimpleNamespace) -> None:
    post = history((DAY * 400, cast.author), (DAY + 1, cast.author), (1, cast.editor), (0, cast.author))

    editor.goto(f"/{post}/update")

    names = timeline(editor).get_by_role("heading", level=3).all_inner_texts()
    assert names[0] in ("Today", "Yesterday")  # a minute ago may have been before midnight
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", names[-1])


def test_a_session_is_one_line_until_it_is_opened(editor: Page, history: History, cast: SimpleNamespace) -> None:
    post = history(*sittings(cast))
    editor.goto(f"/{post}/update")
    session = timeline(editor).get_by_role("group").filter(has_text="4 revisions, ")
    expect(revision(editor, 21)).to_be_hidden()

    session.locator("summary").click()
    revision(editor, 21).click()

    expect(body(editor)).to_have_value("21")
    editor.reload()
    expect(revision(editor, 21)).to_be_visible()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 21"))


def test_stepping_into_a_folded_session_opens_it(editor: Page, history: History, cast: SimpleNamespace) -> None:
    post = history(*sittings(cast))
    editor.goto(f"/{post}/update?revision=19")
    expect(revision(editor, 20)).to_be_hidden()

    editor.keyboard.press("Alt+ArrowUp")

    expect(body(editor)).to_have_value("20")
    expect(revision(editor, 20)).to_be_in_viewport()


def test_arrow_keys_stop_at_a_folded_session_and_open_and_close_it(
    editor: Page, history: History, cast: SimpleNamespace
) -> None:
    post = history(*sittings(cast))
    editor.goto(f"/{post}/update")
    summary = timeline(editor).locator("summary")
    revision(editor, 24).focus()

    editor.keyboard.press("ArrowDown")
    expect(summary).to_be_focused()
    editor.keyboard.press("ArrowRight")
    expect(revision(editor, 23)).to_be_focused()
    editor.keyboard.press("ArrowDown")
    expect(body(editor)).to_have_value("22")
    editor.keyboard.press("ArrowLeft")
    expect(summary).to_be_focused()
    expect(revision(editor, 22)).to_be_hidden()
    editor.keyboard.press("ArrowDown")

    expect(revision(editor, 19)).to_be_focused()
    expect(body(editor)).to_have_value("19")


def test_a_day_and_a_session_that_go_on_on_the_next_page_are_told_once(
    editor: Page, history: History, cast: SimpleNamespace
) -> None:
    post = history(*((DAY * 5 - minute / 2, cast.author) for minute in range(120)), (0, cast.editor))
    editor.goto(f"/{post}/update?revision=70")
    expect(revision(editor, 70)).to_be_in_viewport()

    timeline(editor).hover()
    for _ in range(2):
        editor.mouse.wheel(0, 20_000)
        editor.mouse.wheel(0, -40_000)

    expect(revision(editor, 0)).to_be_attached()
    expect(revision(editor, 120)).to_be_attached()
    days = [day.get_attribute("data-day") for day in timeline(editor).locator("[data-day]").all()]
    assert len(days) == len(set(days))
    numbers = [
        int(row.get_attribute("data-revision") or "") for row in timeline(editor).locator("[data-revision]").all()
    ]
    assert numbers == list(range(120, -1, -1))


def test_newer_revisions_load_above_without_moving_what_is_seen(editor: Page, write: Write) -> None:
    post = write(*map(str, range(160)))
    editor.goto(f"/{post}/update?revision=40")
    row = revision(editor, 50)
    row.scroll_into_view_if_needed()

    with editor.expect_response(re.compile(r"timeline\?after=")):
        timeline(editor).evaluate("rows => rows.scrollTop -= 700")
        before = top(row)
    expect(revision(editor, 100)).to_be_attached()

    assert top(row) == before
    editor.get_by_role("link", name="Jump to the latest").click()
    expect(body(editor)).to_have_value("159")
    expect(editor.get_by_role("link", name="Jump to the latest")).to_be_hidden()


def test_the_list_follows_to_a_revision_that_it_does_not_hold(editor: Page, write: Write) -> None:
    post = write(*map(str, range(160)))
    editor.goto(f"/{post}/update")
    expect(revision(editor, 5)).not_to_be_attached()

    editor.get_by_role("slider", name="Revision").focus()
    editor.keyboard.press("Home")

    expect(body(editor)).to_have_value("0")
    expect(revision(editor, 0)).to_be_in_viewport()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 0"))
    expect(editor.get_by_role("slider", name="Revision")).to_be_focused()


def test_the_oldest_of_many_days_is_reached_by_the_keyboard_alone(
    editor: Page, history: History, cast: SimpleNamespace
) -> None:
    post = history(*((DAY * 1500 - DAY * number, cast.author) for number in range(160)))
    editor.goto(f"/{post}/update")
    revision(editor, 159).focus()

    for _ in range(20):
        editor.keyboard.press("End")
        editor.wait_for_timeout(150)
        if body(editor).input_value() == "0":
            break

    expect(revision(editor, 0)).to_be_focused()
    editor.keyboard.press("Home")
    expect(body(editor)).to_have_value("159")
