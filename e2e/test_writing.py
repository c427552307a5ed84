"""Aids of writing: marks, the length of the text, suggested tags, a title that wraps, and what the note may be."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from e2e.finding import body, revision, save

Write = Callable[..., int]
LONG_TITLE = "A title that goes on and on, about everything that was ever said at this desk, " * 2


def test_a_button_puts_marks_around_what_is_selected_and_undo_takes_them_away(editor: Page, write: Write) -> None:
    post = write("some bold words")
    editor.goto(f"/{post}/update")
    body(editor).evaluate("field => field.setSelectionRange(5, 9)")

    editor.get_by_role("button", name="Bold").click()

    expect(body(editor)).to_have_value("some **bold** words")
    expect(body(editor)).to_be_focused()
    editor.keyboard.press("Control+z")
    expect(body(editor)).to_have_value("some bold words")


def test_the_toolbar_is_one_stop_and_is_walked_with_the_arrows(editor: Page, write: Write) -> None:
    post = write("words")
    editor.goto(f"/{post}/update")
    tags(editor).focus()

    editor.keyboard.press("Tab")
    expect(editor.get_by_role("button", name="Heading")).to_be_focused()
    editor.keyboard.press("ArrowRight")
    expect(editor.get_by_role("button", name="Bold")).to_be_focused()
    editor.keyboard.press("Tab")
    expect(body(editor)).to_be_focused()


def test_marks_have_keys(editor: Page, write: Write) -> None:
    post = write("words")
    editor.goto(f"/{post}/update")

    for key, marked in (("b", "**words**"), ("i", "_words_"), ("e", "`words`"), ("k", "[words](url)")):
        body(editor).fill("words")
        body(editor).select_text()
        editor.keyboard.press(f"Control+{key}")
        expect(body(editor)).to_have_value(marked)


def test_each_paragraph_runs_its_own_way(editor: Page, write: Write) -> None:
    post = write("שלום\n\nwords")
    editor.goto(f"/{post}/update")
    field = body(editor)
    top, line = field.evaluate(
        "e => [parseFloat(getComputedStyle(e).paddingTop), parseFloat(getComputedStyle(e).lineHeight)]"
    )
    right = field.bounding_box()["width"] - 10

    carets = []
    for row in (0, 2):
        field.click(position={"x": right, "y": top + (row + 0.5) * line})
        carets.append(field.evaluate("e => e.selectionStart"))

    assert carets == [0, len("שלום\n\nwords")]  # at the right a Hebrew line begins, and an English one has ended


def test_the_length_follows_what_is_typed_and_shown(editor: Page, write: Write) -> None:
    post = write("one", "word " * 300)
    editor.goto(f"/{post}/update")
    expect(length(editor)).to_have_text("300 words · 2 min to read")

    body(editor).fill("three words 漢字 ― it's")
    expect(length(editor)).to_have_text("5 words · 1 min to read")

    revision(editor, 0).click()
    expect(length(editor)).to_have_text("1 word · 1 min to read")


def test_the_place_of_the_note_says_what_has_changed(editor: Page, write: Write) -> None:
    post = write("one two three")
    editor.goto(f"/{post}/update")
    expect(note(editor)).to_have_attribute("placeholder", "What changed, and why")

    body(editor).fill("one two three four five")
    expect(note(editor)).to_have_attribute("placeholder", "Text changed: +2 words")
    title(editor).fill("Another title")
    expect(note(editor)).to_have_attribute("placeholder", "Text and title changed: +2 words")

    save(editor).click()
    expect(editor.locator("#save-state")).to_have_text("All changes saved")
    expect(note(editor)).to_have_attribute("placeholder", "What changed, and why")


def test_tags_are_suggested_for_the_last_one(editor: Page, write: Write) -> None:
    write("one", tags="seaside, travel")
    post = write("two")
    editor.goto(f"/{post}/update")

    tags(editor).fill("Travel,sea")
    offered = editor.locator("#known-tags option").evaluate_all("options => options.map(option => option.value)")

    assert "Travel, seaside" in offered
    assert [value for value in offered if value.lower().endswith("travel")] == []


def test_a_long_title_wraps_and_holds_no_line_breaks(editor: Page, write: Write) -> None:
    post = write("words", title="Short")
    editor.goto(f"/{post}/update")
    low = title(editor).evaluate("field => field.offsetHeight")

    title(editor).fill("")
    editor.keyboard.insert_text(f"{LONG_TITLE}\n second line")
    editor.keyboard.press("Enter")

    expect(title(editor)).to_have_value(f"{LONG_TITLE}second line")
    expect(body(editor)).to_be_focused()
    assert title(editor).evaluate("field => field.offsetHeight") > 1.5 * low
    assert title(editor).evaluate("field => field.scrollHeight <= field.clientHeight")


def length(page: Page) -> Locator:
    """Return the line that says how long the text is."""
    return page.locator("#length")


def note(page: Page) -> Locator:
    """Return the field of the note."""
    return page.get_by_label("Note")


def title(page: Page) -> Locator:
    """Return the field of the title."""
    return page.get_by_label("Title")


def tags(page: Page) -> Locator:
    """Return the field of the tags."""
    return page.get_by_label("Tags")
