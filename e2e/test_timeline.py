"""The history in days and sessions: read on in both directions, and walked through with the keyboard."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from e2e.finding import body, previewing, revision, shown, starts, timeline
from webapp.database import db, transaction_class, version_class
from webapp.models import Post

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
    editor.get_by_role("link", name="To the latest").click()
    expect(body(editor)).to_have_value("159")
    expect(editor.get_by_role("link", name="To the latest")).to_be_hidden()


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


def test_1500_revisions_are_reached_by_the_keyboard_alone(editor: Page, write: Write, desk: SimpleNamespace) -> None:
    post = write("the same")
    repeat(desk, post, 1500)
    editor.goto(f"/{post}/update")
    press = editor.keyboard.press

    body(editor).press("Control+Alt+h")
    expect(revision(editor, 1499)).to_be_focused()
    for oldest in (1450, 1400, 1350):
        press("End")
        expect(previewing(editor, oldest)).to_be_visible()
        expect(revision(editor, oldest)).to_be_focused()
        expect(revision(editor, oldest - 50)).to_be_attached()
    press("Home")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1499"))

    line = editor.get_by_role("slider")
    for _ in range(8):
        press("Shift+Tab")
        if line.evaluate("line => line === document.activeElement"):
            break
    for key, number in (("Home", 0), ("PageUp", 150), ("ArrowRight", 151)):
        press(key)
        expect(previewing(editor, number)).to_be_visible()
        expect(shown(editor)).to_have_accessible_name(starts(f"Revision {number}"))
    press("Alt+ArrowUp")

    expect(previewing(editor, 152)).to_be_visible()
    expect(revision(editor, 152)).to_be_in_viewport()


def repeat(desk: SimpleNamespace, post: int, count: int) -> None:
    """Give a post `count` revisions that are all as its first one: each through the one door would take seconds."""
    versions, transactions = version_class(Post).__table__, transaction_class().__table__
    with desk.app.app_context(), db.engine.begin() as connection:
        first = connection.execute(sa.select(versions).where(versions.c.id == post)).mappings().one()
        start = connection.scalar(sa.select(sa.func.max(transactions.c.id))) or 0
        numbers = range(1, count)
        made = [{"id": start + number, "issued_at": first["saved_at"], "user_id": None} for number in numbers]
        connection.execute(sa.insert(transactions), made)
        rows = [{**first, "revision": number, "transaction_id": start + number} for number in numbers]
        connection.execute(sa.insert(versions), rows)
        connection.execute(sa.update(Post).where(Post.id == post).values(revision=count - 1))
