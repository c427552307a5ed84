"""A session that ends while somebody types: the text stays, and signing in happens beside it."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Dialog, Page, expect

from e2e.conftest import PASSWORD
from e2e.finding import KEPT, alert, body, revision, save, shown, starts, state

SignIn = Callable[[Page, str], None]


@pytest.fixture
def typing(page: Page, cast: SimpleNamespace, sign_in: SignIn, write: Callable[..., int]) -> Page:
    """A page of somebody who types, and whose session has ended in another tab."""
    sign_in(page, cast.editor)
    post = write("first words", "second words")
    page.goto(f"/{post}/update")
    body(page).fill("my words")
    tab = page.context.new_page()
    tab.goto("/trash")
    tab.get_by_label("Menu of Ed Itor").click()
    tab.get_by_role("button", name="Sign out", exact=True).click()
    expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()
    tab.close()
    return page


@pytest.mark.refuses(400, 401)
def test_a_save_is_told_of_and_works_after_signing_in_beside_it(
    typing: Page, cast: SimpleNamespace, sign_in: SignIn
) -> None:
    save(typing).click()
    expect(alert(typing).get_by_role("heading", name="Please sign in")).to_be_focused()
    expect(body(typing)).to_have_value("my words")
    sign_in(typing.context.new_page(), cast.editor)
    body(typing).press("Control+s")

    expect(shown(typing)).to_have_accessible_name(starts("Revision 2"))
    expect(body(typing)).to_have_value("my words")
    expect(body(typing)).to_be_focused()
    expect(alert(typing).get_by_role("heading")).to_have_count(0)


@pytest.mark.refuses(400, 401)
def test_a_reload_after_signing_in_again_brings_the_text_back(
    typing: Page, cast: SimpleNamespace, sign_in: SignIn
) -> None:
    save(typing).click()
    expect(alert(typing).get_by_role("heading")).to_be_focused()
    sign_in(typing.context.new_page(), cast.editor)

    typing.on("dialog", Dialog.accept)
    typing.reload()

    expect(body(typing)).to_have_value("my words")
    save(typing).click()
    expect(shown(typing)).to_have_accessible_name(starts("Revision 2"))


@pytest.mark.refuses(400, 401)
def test_somebody_else_who_signs_in_does_not_save_the_text_as_theirs(
    typing: Page, cast: SimpleNamespace, sign_in: SignIn
) -> None:
    sign_in(typing.context.new_page(), cast.admin)

    save(typing).click()

    expect(alert(typing).get_by_text("This form was made for another session")).to_be_visible()
    expect(body(typing)).to_have_value("my words")
    expect(shown(typing)).to_have_accessible_name(starts("Revision 1"))


@pytest.mark.refuses(401)
def test_looking_at_a_revision_leaves_the_text_alone(typing: Page) -> None:
    revision(typing, 0).click()

    expect(alert(typing).get_by_text("Your session has ended.")).to_be_visible()
    expect(alert(typing).get_by_role("link", name="Sign in")).to_have_attribute("target", "_blank")
    expect(body(typing)).to_have_value("my words")
    expect(shown(typing)).to_have_accessible_name(starts("Revision 1"))


# 400: an autosave may meet the new session before the page has its token; it is sent again at once.
@pytest.mark.refuses(400, 401, 422)
def test_signing_in_beside_the_text_lets_the_save_go_through(typing: Page, cast: SimpleNamespace) -> None:
    save(typing).click()
    alert(typing).get_by_role("link", name="Sign in").click()
    dialog = typing.get_by_role("dialog", name="Sign in")
    expect(dialog.get_by_label("Email")).to_be_focused()
    dialog.get_by_label("Email").fill(cast.editor)
    dialog.get_by_label("Password").fill("not this one")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_text("do not belong together")).to_be_visible()

    dialog.get_by_label("Email").fill(cast.editor)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()

    expect(shown(typing)).to_have_accessible_name(starts("Revision 2"))
    expect(dialog).to_be_hidden()
    expect(body(typing)).to_have_value("my words")
    expect(state(typing)).to_have_text("All changes saved")


@pytest.mark.refuses(400, 401)
def test_an_autosave_waits_for_the_signing_in(typing: Page, cast: SimpleNamespace) -> None:
    body(typing).fill("my words and more")
    expect(state(typing)).to_have_text("Not saved: signed out")

    alert(typing).get_by_role("link", name="Sign in").click()
    dialog = typing.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("Email").fill(cast.editor)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()

    expect(state(typing)).to_have_text(KEPT)
    expect(body(typing)).to_be_focused()


@pytest.mark.refuses(400, 401)
def test_another_account_does_not_take_the_text(typing: Page, cast: SimpleNamespace) -> None:
    save(typing).click()
    alert(typing).get_by_role("link", name="Sign in").click()
    dialog = typing.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("Email").fill(cast.admin)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()

    expect(dialog.get_by_text("This is another account.")).to_be_visible()
    expect(body(typing)).to_have_value("my words")


@pytest.mark.refuses(401)
def test_what_back_brings_out_of_memory_asks_anew_who_looks(typing: Page) -> None:
    typing.on("dialog", Dialog.accept)
    # Tests run without the browser's memory of whole pages, so what it says of one is said for it.
    typing.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    expect(typing.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(body(typing)).to_have_count(0)
