"""Undoing one edit in the middle, cleanly and with choices, and all edits of one person."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.finding import body, shown, starts
from e2e.test_accessibility import violations

Write = Callable[..., int]
Revise = Callable[..., None]

START = "We left at dawn.\n\nBen cooked.\n\nThe end was near.\n"


@pytest.fixture
def plain(new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace) -> Page:
    """A page on which the editor is signed in and no script runs."""
    page: Page = new_context(java_script_enabled=False, storage_state=session_of(cast.editor)).new_page()
    return page


@pytest.fixture(params=["scripts", "no scripts"])
def anyone(request: pytest.FixtureRequest) -> Page:
    """A page of the editor's, with scripts and without."""
    page: Page = request.getfixturevalue("editor" if request.param == "scripts" else "plain")
    return page


def test_an_edit_in_the_middle_is_undone_and_the_later_ones_stay(anyone: Page, write: Write) -> None:
    post = write(START, START.replace("dawn", "dusk"), START.replace("dawn", "dusk").replace("near", "far"))
    anyone.goto(f"/{post}/update?revision=1")
    anyone.get_by_label("More about this post").click()

    anyone.get_by_role("link", name="Undo just this edit").last.click()
    expect(anyone.get_by_role("heading", name="Undo revision 1")).to_be_visible()
    expect(anyone.get_by_text("What the revision after it did stays.")).to_be_visible()
    expect(anyone.get_by_role("insertion")).to_contain_text("dawn")
    anyone.get_by_label("Note").fill("too dark")
    anyone.get_by_role("button", name="Undo this edit").click()

    expect(anyone).to_have_url(f"/{post}/update")
    expect(body(anyone)).to_have_value(START.replace("near", "far"))
    expect(shown(anyone)).to_contain_text("undid #1")
    expect(anyone.get_by_text("Undid #1 as #3.")).to_be_visible()


def test_where_later_edits_touched_it_each_passage_is_chosen(anyone: Page, write: Write) -> None:
    post = write(START, START.replace("dawn", "dusk"), START.replace("dawn", "noon"))
    anyone.goto(f"/{post}/undo/1")
    passage = anyone.get_by_role("group", name="Passage 1 of 1")
    expect(passage.get_by_role("radio")).to_have_count(4)
    expect(passage).to_contain_text("We left at noon.")
    expect(passage).to_contain_text("We left at dawn.")

    passage.get_by_role("radio", name="As it was before revision 1").check()
    anyone.get_by_role("button", name="Undo this edit").click()

    expect(body(anyone)).to_have_value(START)
    expect(shown(anyone)).to_contain_text("undid #1")


def test_ones_own_words_are_chosen_by_typing_them(editor: Page, write: Write) -> None:
    post = write(START, START.replace("dawn", "dusk"), START.replace("dawn", "noon"))
    editor.goto(f"/{post}/undo/1")

    editor.get_by_role("textbox", name="My own words").fill("We left at last.")
    expect(editor.get_by_role("radio", name="My own words")).to_be_checked()
    editor.get_by_role("button", name="Undo this edit").click()

    expect(body(editor)).to_have_value(START.replace("at dawn", "at last"))


def test_what_was_undone_already_cannot_be_again(editor: Page, write: Write) -> None:
    post = write(START, START.replace("dawn", "dusk"), START)

    editor.goto(f"/{post}/undo/1")

    expect(editor.get_by_text("Later edits already took this back")).to_be_visible()
    expect(editor.get_by_role("button", name="Undo this edit")).to_be_disabled()


@pytest.mark.refuses(409)
def test_a_lost_race_shows_the_newest_and_keeps_the_note(anyone: Page, write: Write, revise: Revise) -> None:
    post = write(START, START.replace("dawn", "dusk"), START.replace("dawn", "dusk").replace("near", "far"))
    anyone.goto(f"/{post}/undo/1")
    anyone.get_by_label("Note").fill("too dark")
    revise(post, START.replace("dawn", "dusk") + "\nMore.\n")

    anyone.get_by_role("button", name="Undo this edit").click()
    expect(anyone.get_by_role("heading", name="Not undone yet")).to_be_visible()
    expect(anyone.get_by_label("Note")).to_have_value("too dark")
    anyone.get_by_role("button", name="Undo this edit").click()

    expect(body(anyone)).to_have_value(START + "\nMore.\n")


def test_all_later_edits_of_a_person_are_undone_and_what_others_touched_is_chosen(
    anyone: Page, write: Write, revise: Revise, cast: SimpleNamespace
) -> None:
    post = write(START)
    revise(post, START.replace("dawn", "dusk"), by=cast.editor)
    revise(post, START.replace("dawn", "dusk").replace("Ben", "Otto"))
    revise(post, START.replace("dawn", "dusk").replace("Ben", "Otto").replace("near", "far"), by=cast.editor)
    revise(post, START.replace("dawn", "dusk").replace("Ben", "Otto").replace("near", "further"))
    anyone.goto(f"/{post}/undo/1")

    anyone.get_by_role("link", name="Undo this one and that").click()
    expect(anyone.get_by_role("heading", name=starts("Undo the edits of Ed Itor since revision 1"))).to_be_visible()
    expect(anyone.get_by_text("2 revisions: #3, #1")).to_be_visible()
    passage = anyone.get_by_role("region", name="In revision 3").get_by_role("group", name="Passage 1 of 1")
    expect(passage).to_contain_text("The end was further.")
    passage.get_by_role("radio", name="As it was before revision 3").check()
    anyone.get_by_role("button", name="Undo these edits").click()

    expect(body(anyone)).to_have_value(START.replace("Ben", "Otto"))
    expect(shown(anyone)).to_contain_text("undid #3")


def test_the_pages_pass_axe(
    new_context: Callable[..., Any],
    session_of: Callable[[str], Any],
    cast: SimpleNamespace,
    write: Write,
    revise: Revise,
) -> None:
    page = new_context(storage_state=session_of(cast.editor), reduced_motion="reduce").new_page()
    post = write(START)
    revise(post, START.replace("dawn", "dusk"), title="Another title", by=cast.editor)
    revise(post, START.replace("dawn", "noon"), title="A third title")
    page.goto(f"/{post}/undo/1")
    assert violations(page) == {}

    page.get_by_role("radio", name="As it is now").first.check()
    assert violations(page) == {}

    page.goto(f"/{post}/update?revision=0")
    page.get_by_role("button", name="Restore this revision").click()
    expect(page.get_by_text("Restored #0 as #3.")).to_be_visible()
    assert violations(page) == {}
