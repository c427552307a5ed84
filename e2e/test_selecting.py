"""Looking at revisions in place: by a click, by the keyboard, by an address, Back and Forward."""

from collections.abc import Callable

from playwright.sync_api import Page, Request, Route, expect

from e2e.finding import body, previewing, revision, shown, starts, timeline

Write = Callable[..., int]
NUMBERS = ("zero", "one", "two", "three", "four", "five")


def test_selecting_a_revision_reloads_nothing(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update")
    editor.evaluate("window.untouched = true")

    for number, text in ((0, "zero"), (1, "one"), (2, "two")):
        revision(editor, number).click()
        expect(body(editor)).to_have_value(text)
        expect(editor).to_have_url(f"/{post}/update?revision={number}")
        expect(shown(editor)).to_have_accessible_name(starts(f"Revision {number}"))

    assert editor.evaluate("window.untouched") is True


def test_an_old_revision_opens_directly_and_says_what_it_is(editor: Page, write: Write) -> None:
    post = write("zero", "one")

    editor.goto(f"/{post}/update?revision=0")

    expect(body(editor)).to_have_value("zero")
    expect(previewing(editor, 0)).to_be_visible()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 0"))


def test_back_and_forward_walk_through_the_revisions_that_were_looked_at(editor: Page, write: Write) -> None:
    post = write("zero", "one", "two")
    editor.goto(f"/{post}/update")
    revision(editor, 1).click()
    expect(body(editor)).to_have_value("one")
    revision(editor, 0).click()
    expect(body(editor)).to_have_value("zero")

    editor.go_back()
    expect(body(editor)).to_have_value("one")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(editor).to_have_url(f"/{post}/update?revision=1")

    editor.go_back()
    expect(body(editor)).to_have_value("two")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(editor).to_have_url(f"/{post}/update")

    editor.go_forward()
    expect(body(editor)).to_have_value("one")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(editor.locator(":focus")).not_to_have_count(0)


def test_back_from_the_desk_shows_the_revision_again(editor: Page, write: Write) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update")
    revision(editor, 0).click()
    expect(body(editor)).to_have_value("zero")
    editor.get_by_role("link", name="Stet, to the desk").click()
    expect(editor.get_by_role("heading", name="Desk", level=1)).to_be_visible()

    editor.go_back()

    expect(body(editor)).to_have_value("zero")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 0"))


def test_of_five_fast_clicks_the_last_one_wins(editor: Page, write: Write) -> None:
    post = write(*NUMBERS)
    editor.goto(f"/{post}/update")
    held: list[Route] = []
    editor.route(f"**/{post}/update?revision=*", lambda route: held.append(route))

    for number in (0, 1, 2, 3, 4):
        with editor.expect_request(lambda request, number=number: request.url.endswith(f"revision={number}")):
            revision(editor, number).click()
    # A request is announced before it is held: let go only when the last one is.
    while not any(route.request.url.endswith("revision=4") for route in held):
        editor.wait_for_timeout(10)
    for route in reversed(held):
        route.continue_()

    expect(body(editor)).to_have_value("four")
    expect(editor).to_have_url(f"/{post}/update?revision=4")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 4"))
    editor.go_back()
    expect(body(editor)).to_have_value("five")


def test_the_row_lights_up_before_the_answer_and_the_old_text_stays(editor: Page, write: Write) -> None:
    post = write("zero", "one")
    editor.goto(f"/{post}/update")
    held: list[Route] = []
    editor.route(f"**/{post}/update?revision=0", lambda route: held.append(route))

    revision(editor, 0).click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 0"))
    expect(editor.get_by_role("region", name="Post", exact=True)).to_have_attribute("aria-busy", "true")
    expect(body(editor)).to_have_value("one")
    held[0].continue_()
    expect(body(editor)).to_have_value("zero")
    expect(editor.get_by_role("region", name="Post", exact=True)).not_to_have_attribute("aria-busy", "true")


def test_stepping_through_revisions_keeps_the_place_in_the_text(editor: Page, write: Write) -> None:
    post = write("line\n" * 300, "other line\n" * 300)
    editor.goto(f"/{post}/update")
    body(editor).evaluate("field => field.scrollTop = 600")

    revision(editor, 0).click()

    expect(body(editor)).to_have_value("line\n" * 300)
    expect(body(editor)).to_have_js_property("scrollTop", 600)


def test_arrow_keys_ask_only_for_the_row_where_they_rest(editor: Page, write: Write) -> None:
    post = write(*NUMBERS)
    editor.goto(f"/{post}/update")
    asked = asked_for(editor)
    revision(editor, 5).focus()

    # In one go: on a busy machine two presses from here may be further apart than a rest.
    press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true}));"
    editor.evaluate(press * 3)

    expect(body(editor)).to_have_value("two")
    expect(revision(editor, 2)).to_be_focused()
    assert asked == [f"/{post}/update?revision=2"]


def test_home_and_end_go_to_both_ends_of_the_timeline(editor: Page, write: Write) -> None:
    post = write(*NUMBERS)
    editor.goto(f"/{post}/update?revision=2")
    revision(editor, 2).focus()

    editor.keyboard.press("End")
    expect(body(editor)).to_have_value("zero")
    expect(revision(editor, 0)).to_be_focused()

    editor.keyboard.press("Home")
    expect(body(editor)).to_have_value("five")
    expect(revision(editor, 5)).to_be_focused()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 5"))


def test_older_rows_arrive_as_one_scrolls(editor: Page, write: Write) -> None:
    post = write(*map(str, range(70)))
    editor.goto(f"/{post}/update")
    expect(timeline(editor).get_by_role("link", name=starts("Revision"))).to_have_count(50)

    timeline(editor).hover()
    editor.mouse.wheel(0, 20_000)

    expect(timeline(editor).get_by_role("link", name=starts("Revision"))).to_have_count(70)
    revision(editor, 0).click()
    expect(body(editor)).to_have_value("0")


def test_the_oldest_revision_is_reached_by_the_keyboard_alone(editor: Page, write: Write) -> None:
    post = write(*map(str, range(70)))
    editor.goto(f"/{post}/update")
    revision(editor, 69).focus()

    editor.keyboard.press("End")
    expect(body(editor)).to_have_value("20")
    expect(revision(editor, 0)).to_be_attached()
    expect(revision(editor, 20)).to_be_focused()
    editor.keyboard.press("End")

    expect(body(editor)).to_have_value("0")
    expect(revision(editor, 0)).to_be_focused()


def test_a_deep_link_opens_the_rows_around_an_old_revision(editor: Page, write: Write) -> None:
    post = write(*map(str, range(120)))

    editor.goto(f"/{post}/update?revision=5")

    expect(revision(editor, 5)).to_be_in_viewport()
    editor.get_by_role("link", name="To the latest").click()
    expect(body(editor)).to_have_value("119")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 119"))


def asked_for(page: Page) -> list[str]:
    """Return a list that fills with the addresses of the revisions that the page asks for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/update?" in request.url:
            asked.append(request.url[request.url.index("/", len("http://")) :])

    page.on("request", note)
    return asked
