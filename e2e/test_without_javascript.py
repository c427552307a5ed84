"""The whole of it by links and forms alone."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.finding import body, previewing, revision, save, shown, starts

Write = Callable[..., int]


@pytest.fixture
def plain(new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace) -> Page:
    """A page on which the editor is signed in and no script runs."""
    page: Page = new_context(java_script_enabled=False, storage_state=session_of(cast.editor)).new_page()
    return page


def test_signing_in_writing_and_publishing(
    new_context: Callable[..., Any], cast: SimpleNamespace, sign_in: Callable[[Page, str], None]
) -> None:
    plain = new_context(java_script_enabled=False).new_page()
    sign_in(plain, cast.author)
    plain.goto("/create")
    plain.get_by_label("Title").fill("By hand")
    body(plain).fill("first words")
    save(plain).click()
    expect(plain).to_have_url(re.compile(r"/\d+/update$"))
    body(plain).fill("second words")
    save(plain).click()
    expect(plain.get_by_text("Saved as revision 1.")).to_be_visible()

    plain.get_by_role("button", name="Publish", exact=True).click()

    expect(revision(plain, 1)).to_contain_text("Live")


def test_looking_at_a_revision_and_restoring_it(plain: Page, write: Write) -> None:
    post = write("first words", "second words")
    plain.goto(f"/{post}/update")

    revision(plain, 0).click()
    expect(plain).to_have_url(f"/{post}/update?revision=0")
    expect(previewing(plain, 0)).to_be_visible()
    expect(body(plain)).to_have_value("first words")
    plain.get_by_role("button", name="Restore this revision").click()

    expect(plain).to_have_url(f"/{post}/update")
    expect(body(plain)).to_have_value("first words")
    expect(shown(plain)).to_have_accessible_name(starts("Revision 2"))
    expect(shown(plain)).to_contain_text("restored from #0")


def test_seeing_what_restoring_would_change(plain: Page, write: Write) -> None:
    post = write("first words", "second words")
    plain.goto(f"/{post}/update?revision=0")
    expect(plain.get_by_text("Restoring would")).to_be_visible()

    plain.get_by_text("See the changes").click()
    plain.get_by_role("link", name="On a page of their own").click()
    expect(plain.get_by_role("insertion")).to_contain_text("first")
    expect(plain.get_by_role("deletion")).to_contain_text("second")
    plain.get_by_role("button", name="Restore this revision").click()

    expect(shown(plain)).to_contain_text("restored from #0")


def test_the_views_are_links_that_a_filter_keeps(plain: Page, write: Write) -> None:
    post = write("first *words*", "second *words*", title="By hand")
    plain.goto(f"/{post}/update?revision=0")

    plain.get_by_role("link", name="Rendered").click()
    expect(plain.locator("#panel").get_by_text("first words")).to_be_visible()
    plain.get_by_role("link", name="Changes", exact=True).click()
    plain.get_by_role("link", name="Side by side").click()
    plain.get_by_role("checkbox", name="Mine").check()
    plain.get_by_role("button", name="Filter").click()

    expect(plain).to_have_url(re.compile(r"revision=0.*mine=1"))
    expect(plain.get_by_role("region", name="Revision 0")).to_contain_text("first")
    plain.get_by_role("link", name="Edit").click()
    expect(body(plain)).to_have_value("first *words*")


def test_older_revisions_are_a_link_away(plain: Page, write: Write) -> None:
    post = write(*map(str, range(70)))
    plain.goto(f"/{post}/update")

    plain.get_by_role("link", name="Load older revisions").click()
    revision(plain, 0).click()

    expect(body(plain)).to_have_value("0")
    expect(previewing(plain, 0)).to_be_visible()
    plain.get_by_role("link", name="To the latest").click()
    expect(body(plain)).to_have_value("69")


@pytest.mark.refuses(409)
def test_a_lost_race_keeps_both_texts(plain: Page, write: Write, revise: Callable[..., None]) -> None:
    post = write("first words")
    plain.goto(f"/{post}/update")
    body(plain).fill("my words")
    revise(post, "her words")

    save(plain).click()
    expect(plain.get_by_role("heading", name="Ana Ruiz saved revision 1 while you were editing")).to_be_visible()
    expect(body(plain)).to_have_value("my words")
    expect(previewing(plain, 0)).to_have_count(0)
    plain.get_by_role("button", name="Save mine as the newest").click()

    expect(shown(plain)).to_have_accessible_name(starts("Revision 2"))
    revision(plain, 1).click()
    expect(body(plain)).to_have_value("her words")


@pytest.mark.refuses(422)
def test_a_post_without_a_title_keeps_its_text(plain: Page, write: Write) -> None:
    post = write("first words")
    plain.goto(f"/{post}/update")
    plain.get_by_label("Title").fill(" ")
    body(plain).fill("my words")

    save(plain).click()

    expect(plain.get_by_role("heading", name="Not saved")).to_be_visible()
    expect(body(plain)).to_have_value("my words")


def test_to_the_trash_and_back(plain: Page, write: Write) -> None:
    post = write("first words", "second words", title="A wandering post")
    plain.goto(f"/{post}/update")
    plain.get_by_label("More about this post").click()
    plain.get_by_role("button", name="Move to the trash").click()
    expect(plain.get_by_text("“A wandering post” is in the trash")).to_be_visible()

    plain.goto("/trash")
    plain.get_by_role("button", name="Put A wandering post back").click()

    expect(plain).to_have_url(f"/{post}/update")
    expect(revision(plain, 0)).to_be_visible()
    expect(revision(plain, 1)).to_be_visible()
