"""A save that is refused: somebody was first, something is missing, it is too much. The text always stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.conftest import LARGEST_BODY_BYTES
from e2e.finding import KEPT, body, revision, save, shown, starts, state

Write = Callable[..., int]
Revise = Callable[..., None]
BASE = "one\n\ntwo\n\nthree\n"
HERS = "one by her\n\ntwo\n\nthree\n"
ASKED_AT_ONCE_MS = 2500
TOO_LONG = "Many words. " * (LARGEST_BODY_BYTES // 12 + 1)


@pytest.mark.refuses(409)
def test_somebody_saved_first_and_both_texts_stay(editor: Page, write: Write, revise: Revise) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    revise(post, "her words")

    save(editor).click()
    expect(editor.get_by_role("heading", name="Ana Ruiz saved revision 1 while you were editing")).to_be_focused()
    expect(body(editor)).to_have_value("my words")
    expect(state(editor)).to_have_text("Not saved")
    # Not only when it is asked for next time: the history says at once whose revision is the latest.
    expect(revision(editor, 1)).to_contain_text("Latest", timeout=ASKED_AT_ONCE_MS)
    expect(revision(editor, 0)).not_to_contain_text("Latest")
    expect(editor.get_by_role("link", name="#1 is newer")).to_be_visible()
    editor.get_by_role("button", name="Save mine as the newest").click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(state(editor)).to_have_text("All changes saved")
    expect(editor.get_by_role("heading", name="while you were editing")).to_have_count(0)
    revision(editor, 1).click()
    expect(body(editor)).to_have_value("her words")
    revision(editor, 2).click()
    expect(body(editor)).to_have_value("my words")


def test_changes_in_other_places_are_merged_and_the_caret_stays(editor: Page, write: Write, revise: Revise) -> None:
    post = write(BASE)
    editor.goto(f"/{post}/update")
    body(editor).press("Control+End")
    body(editor).press_sequentially("mine")
    revise(post, HERS)

    editor.keyboard.press("Control+s")

    expect(body(editor)).to_have_value(f"{HERS}mine")
    expect(body(editor)).to_be_focused()
    assert body(editor).evaluate("field => field.selectionStart") == len(f"{HERS}mine")
    expect(state(editor)).to_have_text("All changes saved")
    expect(editor.get_by_role("status").filter(has_text="Saved by merging with Ana Ruiz")).to_be_visible()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(revision(editor, 1)).to_be_visible()
    body(editor).press_sequentially(" too")
    editor.keyboard.press("Control+s")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 3"))
    expect(body(editor)).to_have_value(f"{HERS}mine too")


def test_a_merge_is_looked_at_and_undone(editor: Page, write: Write, revise: Revise) -> None:
    post = write(BASE)
    editor.goto(f"/{post}/update")
    body(editor).fill(f"{BASE}mine")
    revise(post, HERS)
    save(editor).click()
    editor.get_by_role("link", name="See it").click()
    expect(editor.get_by_role("heading", name="Your text before the merge")).to_be_visible()
    expect(editor.get_by_role("insertion")).to_contain_text("by her")

    editor.get_by_role("button", name="Undo merge").click()

    expect(editor.get_by_text("The merge is undone in revision 3.")).to_be_visible()
    expect(body(editor)).to_have_value(f"{BASE}mine")
    expect(state(editor)).to_have_text(KEPT)
    revision(editor, 3).click()
    expect(body(editor)).to_have_value(HERS)


def test_what_is_typed_while_a_merged_save_runs_stays(editor: Page, write: Write, revise: Revise) -> None:
    post = write(BASE)
    editor.goto(f"/{post}/update")
    body(editor).fill(f"{BASE}mine")
    revise(post, HERS)
    held: list[Route] = []
    editor.route("**/update", lambda route: held.append(route))
    with editor.expect_request("**/update"):
        save(editor).click()
    body(editor).press("Control+End")
    editor.keyboard.type(" too")
    held[0].continue_()
    editor.unroute("**/update")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))
    expect(body(editor)).to_have_value(f"{HERS}mine too")

    save(editor).click()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 3"))

    expect(body(editor)).to_have_value(f"{HERS}mine too")
    expect(state(editor)).to_have_text("All changes saved")


@pytest.mark.refuses(409)
def test_a_clash_is_decided_passage_by_passage(editor: Page, write: Write, revise: Revise) -> None:
    post = write(BASE)
    editor.goto(f"/{post}/update")
    body(editor).fill("one by me\n\ntwo\n\nthree\nmine\n")
    revise(post, HERS)
    save(editor).click()
    passage = editor.get_by_role("group", name="Passage 1 of 1")
    expect(passage.get_by_role("radio", name="Ana Ruiz’s")).to_be_visible()
    expect(body(editor)).to_have_value("one by me\n\ntwo\n\nthree\nmine\n")

    passage.get_by_role("textbox", name="My own words").fill("one by us")
    editor.get_by_role("button", name="Save with these choices").click()

    expect(body(editor)).to_have_value("one by us\n\ntwo\n\nthree\nmine\n")
    expect(passage).to_have_count(0)
    expect(state(editor)).to_have_text("All changes saved")
    expect(shown(editor)).to_have_accessible_name(starts("Revision 2"))


@pytest.mark.refuses(409)
def test_two_tabs_of_one_person_are_told_so(editor: Page, write: Write) -> None:
    post = write("first words")
    other = editor.context.new_page()
    for tab, words in ((editor, "words here"), (other, "words there")):
        tab.goto(f"/{post}/update?revision=0")
        body(tab).fill(words)
    save(editor).click()
    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))

    save(other).click()

    expect(other.get_by_role("heading", name="You saved revision 1 in another tab")).to_be_focused()
    expect(body(other)).to_have_value("words there")


@pytest.mark.refuses(409)
def test_what_changed_meanwhile_opens_beside_the_text(editor: Page, write: Write, revise: Revise) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    revise(post, "her words")
    save(editor).click()

    with editor.expect_popup() as opened:
        editor.get_by_role("link", name="See what changed").click()

    expect(opened.value.get_by_role("insertion")).to_have_text("Inserted: her")
    expect(body(editor)).to_have_value("my words")


@pytest.mark.refuses(409)
def test_a_second_person_in_a_row_is_told_of_again(editor: Page, write: Write, revise: Revise) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    revise(post, "her words")
    save(editor).click()
    expect(editor.get_by_role("heading", name="Ana Ruiz saved revision 1 while you were editing")).to_be_visible()
    revise(post, "her other words")

    editor.get_by_role("button", name="Save mine as the newest").click()

    expect(editor.get_by_role("heading", name="Ana Ruiz saved revision 2 while you were editing")).to_be_focused()
    expect(body(editor)).to_have_value("my words")


@pytest.mark.refuses(409)
def test_restoring_over_an_unseen_revision_is_refused(editor: Page, write: Write, revise: Revise) -> None:
    post = write("first words", "second words")
    editor.goto(f"/{post}/update?revision=0")
    revise(post, "her words")

    editor.get_by_role("button", name="Restore this revision").click()

    expect(editor.get_by_role("heading", name="Somebody saved first")).to_be_focused()
    expect(body(editor)).to_have_value("first words")


@pytest.mark.refuses(422)
def test_a_post_without_a_title_is_not_saved_and_says_where(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill("my words")
    editor.get_by_label("Title").fill(" ")

    save(editor).click()
    expect(editor.get_by_role("heading", name="Not saved")).to_be_focused()
    expect(editor.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    expect(body(editor)).to_have_value("my words")
    editor.get_by_label("Title").fill("A title")
    save(editor).click()

    expect(shown(editor)).to_have_accessible_name(starts("Revision 1"))
    expect(editor.get_by_label("Title")).not_to_have_attribute("aria-invalid", "true")
    expect(editor.get_by_role("heading", name="Not saved")).to_have_count(0)


@pytest.mark.refuses(413)
def test_too_long_a_text_is_not_saved_and_stays(editor: Page, write: Write) -> None:
    post = write("first words")
    editor.goto(f"/{post}/update")
    body(editor).fill(TOO_LONG)

    save(editor).click()

    expect(editor.get_by_role("heading", name="Not saved")).to_be_focused()
    expect(editor.get_by_text("A text has at most")).to_be_visible()
    expect(body(editor)).to_have_value(TOO_LONG)
