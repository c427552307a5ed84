"""Typed text that is not saved: it outlives everything that may happen to the page."""

import re
from collections.abc import Callable

from playwright.sync_api import Dialog, Page, expect

from e2e.finding import body, previewing, revision, save, shown, starts, state

Write = Callable[..., int]


def test_typed_text_survives_looking_at_another_revision(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    expect(state(editor)).to_have_text("Unsaved changes")

    revision(editor, 0).click()
    expect(body(editor)).to_have_value("first words")
    editor.get_by_role("link", name="Back to my unsaved text").click()

    expect(body(editor)).to_have_value("my words")
    expect(editor).to_have_url(f"/{post}/update")
    expect(state(editor)).to_have_text("Unsaved changes")
    save(editor).click()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))


def test_typed_text_survives_back_in_the_browser(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update?revision=0")
    revision(editor, 1).click()
    expect(body(editor)).to_have_value("second words")
    body(editor).fill("my words")

    editor.go_back()
    expect(body(editor)).to_have_value("first words")
    editor.go_forward()

    expect(body(editor)).to_have_value("my words")
    expect(editor.get_by_text("Your unsaved text is back.")).to_be_visible()


def test_typed_text_in_an_old_revision_is_kept_apart_from_that_in_the_latest(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    body(editor).fill("mine in the latest")
    revision(editor, 0).click()
    expect(body(editor)).to_have_value("first words")
    body(editor).fill("mine in the old one")
    revision(editor, 1).click()
    expect(body(editor)).to_have_value("mine in the latest")

    editor.get_by_role("button", name="Discard it").click()
    expect(body(editor)).to_have_value("second words")
    editor.get_by_role("link", name="Back to my unsaved text").click()

    expect(body(editor)).to_have_value("mine in the old one")
    expect(previewing(editor, 0)).to_be_visible()


def test_typed_text_survives_a_reload(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")

    editor.on("dialog", Dialog.accept)
    editor.reload()

    expect(body(editor)).to_have_value("my words")
    expect(state(editor)).to_have_text("Unsaved changes")
    editor.get_by_role("button", name="Discard it").click()
    expect(body(editor)).to_have_value("first words")
    expect(state(editor)).to_have_text("All changes saved")


def test_text_typed_on_top_of_an_older_revision_is_not_overwritten_by_newer_typing(
    editor: Page, write: Write, revise: Callable[..., None]
) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    revision(editor, 0).click()
    expect(body(editor)).to_have_value("first words")
    revise(post, "her words")
    editor.get_by_role("link", name="Back to latest").click()
    expect(body(editor)).to_have_value("her words")
    body(editor).fill("other words of mine")
    expect(state(editor)).to_have_text("Unsaved changes")
    save(editor).click()
    expect(state(editor)).to_have_text("All changes saved")

    editor.get_by_role("link", name="Back to my unsaved text").click()

    expect(body(editor)).to_have_value("my words")


def test_typed_text_survives_the_tab(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    expect(state(editor)).to_have_text("Unsaved changes")

    editor.close()
    tab = editor.context.new_page()
    tab.goto(f"/{post}/update")

    expect(body(tab)).to_have_value("first words")
    tab.get_by_role("link", name="Back to my unsaved text").click()
    expect(body(tab)).to_have_value("my words")
    save(tab).click()
    expect(shown(tab)).to_have_accessible_name(starts("Revision 1"))
    tab.reload()
    expect(tab.get_by_role("link", name="Back to my unsaved text")).to_be_hidden()


def test_a_new_post_survives_the_tab(editor: Page) -> None:
    editor.goto("/create")
    editor.get_by_label("Title").fill("Lost and found")
    body(editor).fill("my words")
    expect(state(editor)).to_have_text("Unsaved changes")

    editor.close()
    tab = editor.context.new_page()
    tab.goto("/create")
    tab.get_by_role("link", name="Back to my unsaved text").click()

    expect(tab.get_by_label("Title")).to_have_value("Lost and found")
    save(tab).click()
    expect(tab).to_have_url(re.compile(r"/\d+/update$"))
    tab.goto("/create")
    expect(body(tab)).to_have_value("")
    expect(tab.get_by_role("link", name="Back to my unsaved text")).to_be_hidden()


def test_leaving_asks_only_when_something_is_unsaved(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    asked: list[str] = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk = editor.get_by_role("link", name="Stet, to the desk")

    body(editor).press_sequentially("my ")
    desk.click(no_wait_after=True)
    expect(body(editor)).to_have_value(re.compile("my"))
    expect(editor).to_have_url(f"/{post}/update")
    assert asked == ["beforeunload"]

    save(editor).click()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    desk.click()
    expect(editor.get_by_role("heading", name="Desk", level=1)).to_be_visible()
    assert asked == ["beforeunload"]


def test_looking_at_the_changes_of_the_same_post_asks_nothing(editor: Page, write: Write) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update")
    body(editor).press_sequentially("my ")
    expect(state(editor)).to_have_text("Unsaved changes")
    typed = body(editor).input_value()

    editor.get_by_label("More about this post").click()
    editor.get_by_role("link", name="Compare first and latest").click()
    expect(editor.get_by_role("button", name="Compare")).to_be_visible()
    editor.go_back()

    expect(body(editor)).to_have_value(typed)
