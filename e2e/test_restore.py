"""Taking an old revision back: what it would change is said first, and nothing is taken away."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.finding import body, previewing, revision, shown, starts, timeline

Write = Callable[..., int]


def test_the_banner_says_how_much_restoring_would_change(editor: Page, write: Write) -> None:
    post = write("one two three", "one two four five")
    editor.goto(f"/{post}/update")

    revision(editor, 0).click()

    expect(previewing(editor, 0)).to_be_visible()
    expect(editor.get_by_text("Restoring would bring back 1 word and take out 2.")).to_be_visible()


def test_restoring_adds_a_revision_and_takes_nothing_away(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    revision(editor, 0).click()

    editor.get_by_role("button", name="Restore this revision").click()

    expect(editor.get_by_text("Restored #0 as #2.")).to_be_visible()
    expect(body(editor)).to_have_value("first words")
    expect(editor).to_have_url(f"/{post}/update")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(shown(editor)).to_contain_text("restored from #0")
    expect(timeline(editor).get_by_role("link")).to_have_count(3)
    revision(editor, 1).click()
    expect(body(editor)).to_have_value("second words")


def test_a_restore_is_undone_while_the_toast_is_there(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update?revision=0")
    editor.get_by_role("button", name="Restore this revision").click()
    expect(editor.locator("#live")).to_have_text("Restored #0 as #2")
    undo = editor.get_by_role("status").get_by_role("button", name="Undo")

    undo.click()

    expect(body(editor)).to_have_value("second words")
    expect(editor.get_by_text("Undid #2 as #3.")).to_be_visible()
    expect(shown(editor)).to_contain_text("undid #2")
    expect(shown(editor)).to_be_focused()


def test_the_toast_stays_while_it_is_pointed_at_or_stood_in(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.clock.install()
    editor.goto(f"/{post}/update?revision=0")
    editor.get_by_role("button", name="Restore this revision").click()
    toast = editor.get_by_text("Restored #0 as #2.")
    expect(toast).to_be_visible()

    toast.hover()
    editor.clock.run_for(15_000)
    expect(toast).to_be_visible()

    editor.mouse.move(5, 5)
    editor.get_by_role("status").get_by_role("button", name="Undo").focus()
    editor.clock.run_for(5_000)
    expect(toast).to_be_visible()

    body(editor).focus()
    editor.clock.run_for(2_000)
    expect(toast).to_have_count(0)


def test_what_changes_nothing_cannot_be_restored(editor: Page, write: Write) -> None:
    post = write("first words", "second words", "first words")
    editor.goto(f"/{post}/update")

    revision(editor, 0).click()

    expect(editor.get_by_text("Restoring would change nothing")).to_be_visible()
    expect(editor.get_by_role("button", name="Restore this revision")).to_be_disabled()


def test_back_to_latest_leaves_the_preview(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update?revision=0")

    editor.get_by_role("link", name="Back to latest").click()

    expect(body(editor)).to_have_value("second words")
    expect(editor).to_have_url(f"/{post}/update")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(previewing(editor, 0)).to_have_count(0)


def test_the_changes_are_marked_and_restored_from_their_page(editor: Page, write: Write) -> None:
    post = write("We left at dawn.", "We left at dusk.")
    editor.goto(f"/{post}/update?revision=0")

    editor.get_by_text("See the changes").click()
    expect(editor.get_by_role("region", name="What restoring would change")).to_contain_text("dawn")
    editor.get_by_role("link", name="On a page of their own").click()
    expect(editor).to_have_url(f"/{post}/version/0")
    expect(editor.get_by_role("deletion")).to_have_text("Deleted: dusk")
    expect(editor.get_by_role("insertion")).to_have_text("Inserted: dawn")
    editor.get_by_role("button", name="Restore this revision").click()

    expect(editor).to_have_url(f"/{post}/update")
    expect(body(editor)).to_have_value("We left at dawn.")
    expect(shown(editor)).to_contain_text("restored from #0")


def test_any_two_revisions_are_compared(editor: Page, write: Write) -> None:
    post = write("We left at dawn.", "We left at noon.", "We left at dusk.")
    editor.goto(f"/{post}/compare?from=0&to=2")
    expect(editor.get_by_role("deletion")).to_have_text("Deleted: dawn")
    expect(editor.get_by_role("insertion")).to_have_text("Inserted: dusk")

    editor.get_by_label("To revision", exact=True).fill("1")
    editor.get_by_role("button", name="Compare", exact=True).click()

    expect(editor).to_have_url(f"/{post}/compare?from=0&to=1")
    expect(editor.get_by_role("insertion")).to_have_text("Inserted: noon")
