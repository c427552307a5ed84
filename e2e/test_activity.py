"""What happened on the desk: found, filtered, followed to the change and to the person."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.finding import starts

Write = Callable[..., int]


def test_from_the_top_bar_to_a_change(editor: Page, write: Write) -> None:
    write("first words", "second words", title="Remarks")
    editor.goto("/")
    editor.get_by_role("link", name="Activity", exact=True).click()
    newest = editor.get_by_role("listitem").filter(has_text="edited Remarks").first

    newest.get_by_role("link", name="Changes of revision 1 of Remarks").click()

    expect(editor.get_by_role("region", name="Changes")).to_contain_text("first")


def test_one_persons_edits_are_found_and_lead_to_their_page(editor: Page, write: Write) -> None:
    write("first words", title="By Ana")
    editor.goto("/activity")
    editor.get_by_label("Person").select_option(label="Ana Ruiz")
    editor.get_by_label("Kind").select_option(label="Edits")
    editor.get_by_role("button", name="Filter").click()
    expect(editor.get_by_role("listitem").filter(has_text="began By Ana")).to_be_visible()

    editor.get_by_role("main").get_by_role("link", name="Ana Ruiz").first.click()

    expect(editor.get_by_role("heading", name="Ana Ruiz")).to_be_visible()
    expect(editor.get_by_role("main")).to_contain_text(starts(r"\s*AR\s*Ana Ruiz\s*[\d,]+ revisions? in [\d,]+ posts?"))


def test_on_a_phone_the_activity_is_in_the_menu(editor: Page, write: Write) -> None:
    editor.set_viewport_size({"width": 390, "height": 844})
    editor.goto("/")
    editor.get_by_label("Menu of Ed Itor").click()

    editor.get_by_role("link", name="Activity", exact=True).click()

    expect(editor.get_by_role("heading", name="Activity", exact=True)).to_be_visible()
