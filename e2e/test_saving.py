"""Saving in place: the form stays under the hands that type in it."""

from collections.abc import Callable
from types import SimpleNamespace

from playwright.sync_api import Page, Route, expect

from e2e.finding import body, revision, save, shown, starts, state, timeline

Write = Callable[..., int]
LINES = "".join(f"line {number}\n" for number in range(300))


def test_a_save_keeps_caret_scroll_and_undo(editor: Page, write: Write) -> None:
    post = write(LINES)
    editor.goto(f"/{post}/update")
    at = LINES.index("line 150")
    body(editor).evaluate("(field, at) => { field.focus(); field.setSelectionRange(at, at) }", at)
    editor.keyboard.insert_text("here ")
    body(editor).evaluate("field => field.scrollTop = 1500")

    editor.keyboard.press("Control+s")

    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(state(editor)).to_have_text("All changes saved")
    expect(body(editor)).to_be_focused()
    assert body(editor).evaluate("field => [field.selectionStart, field.scrollTop]") == [at + len("here "), 1500]
    editor.keyboard.press("Control+z")
    expect(body(editor)).to_have_value(LINES)
    expect(state(editor)).to_have_text("Unsaved changes")


def test_a_save_puts_a_row_on_top_and_empties_the_note(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("second words")
    editor.get_by_label("Note").fill("Say it better")

    save(editor).click()

    newest = timeline(editor).get_by_role("link").first
    expect(newest).to_have_accessible_name(starts("Revision 1"))
    expect(newest).to_contain_text("Ed Itor")
    expect(newest).to_contain_text("Say it better")
    expect(newest).to_contain_text("Latest")
    expect(newest).to_have_attribute("aria-current", "true")
    expect(revision(editor, 0)).not_to_contain_text("Latest")
    expect(editor.get_by_label("Note")).to_have_value("")
    expect(editor).to_have_url(f"/{post}/update")


def test_a_new_post_is_begun_saved_and_gone_on_with_by_the_keys_alone(editor: Page) -> None:
    editor.goto("/create")
    editor.keyboard.type("A title")
    editor.keyboard.press("Enter")
    editor.keyboard.type("words")
    editor.keyboard.press("ArrowLeft")
    editor.keyboard.press("Control+s")

    expect(shown(editor)).to_have_accessible_name(starts("Revision 0"))
    expect(body(editor)).to_be_focused()
    editor.keyboard.type("!")
    expect(body(editor)).to_have_value("word!s")


def test_saving_an_old_revision_makes_a_new_one(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    revision(editor, 0).click()
    expect(body(editor)).to_have_value("first words")

    save(editor).click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(shown(editor)).to_contain_text("restored from #0")
    expect(editor).to_have_url(f"/{post}/update")


def test_what_is_typed_while_a_save_runs_is_not_taken_for_saved(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    held: list[Route] = []
    editor.route(f"**/{post}/update", lambda route: held.append(route))
    body(editor).fill("second words")
    with editor.expect_request(f"**/{post}/update"):
        save(editor).click()
    expect(state(editor)).to_have_text("Saving…")
    body(editor).press("Control+End")
    editor.keyboard.type(" and more")

    held[0].continue_()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(body(editor)).to_have_value("second words and more")
    expect(state(editor)).to_have_text("Unsaved changes")
    editor.unroute(f"**/{post}/update")
    save(editor).click()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(state(editor)).to_have_text("All changes saved")


def test_nothing_is_selected_away_while_a_save_runs(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    held: list[Route] = []
    editor.route(f"**/{post}/update", lambda route: held.append(route))
    body(editor).fill("third words")
    with editor.expect_request(f"**/{post}/update"):
        save(editor).click()
    revision(editor, 0).click()

    held[0].continue_()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(body(editor)).to_have_value("third words")
    expect(state(editor)).to_have_text("All changes saved")


def test_a_double_click_on_save_makes_one_revision(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("second words")

    save(editor).dblclick()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    editor.reload()
    expect(timeline(editor).get_by_role("link")).to_have_count(2)


def test_saving_twice_without_a_change_makes_one_revision_and_says_so(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("second words")
    save(editor).click()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))

    save(editor).click()

    expect(editor.get_by_text("Nothing had changed, so no revision was made")).to_be_attached()
    expect(timeline(editor).get_by_role("link")).to_have_count(2)


def test_publishing_moves_the_live_badge(editor: Page, write: Write, publish: Callable[..., None]) -> None:
    post = write("first words", "second words")
    publish(post, 0)
    editor.goto(f"/{post}/update")
    expect(revision(editor, 0)).to_contain_text("Live")
    body(editor).fill("third words")

    editor.get_by_role("button", name="Publish", exact=True).click()

    expect(revision(editor, 2)).to_contain_text("Live")
    expect(revision(editor, 0)).not_to_contain_text("Live")
    expect(timeline(editor).get_by_text("Live")).to_have_count(1)


def test_from_signing_in_to_a_reader(
    page: Page, new_context: Callable[..., object], cast: SimpleNamespace, sign_in: Callable[..., None]
) -> None:
    sign_in(page, cast.author)
    page.get_by_role("link", name="New post").first.click()
    page.get_by_label("Title").fill("The crossing")
    body(page).fill("We left at *dawn*.")
    save(page).click()
    expect(revision(page, 0)).to_be_visible()

    body(page).fill("We left at *dusk*.")
    save(page).click()
    expect(revision(page, 1)).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(revision(page, 1)).to_contain_text("Live")

    visitor = new_context().new_page()
    visitor.goto("/")
    visitor.get_by_role("link", name="The crossing").click()
    expect(visitor.get_by_role("heading", name="The crossing")).to_be_visible()
    expect(visitor.get_by_text("We left at dusk.")).to_be_visible()
