"""Somebody who may not edit any more while they type: their text stays theirs, and they are told."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.conftest import PASSWORD
from e2e.finding import KEPT, alert, body, save, state
from webapp.models import OPERATOR, User
from webapp.operations import people
from webapp.pure.roles import Role


@pytest.fixture
def temp(desk: SimpleNamespace) -> Iterator[Callable[[Role], None]]:
    """`temp(role)` gives a person of this test that role; first of all they are an editor."""
    with desk.app.app_context():
        email = "temp@desk.example"
        if User.with_email(email) is None:
            people.add(email=email, name="Temp Orary", role=Role.EDITOR, password=PASSWORD, by=OPERATOR)

    def become(role: Role) -> None:
        with desk.app.app_context():
            person = User.with_email(email)
            assert person is not None
            people.change(person, role=role, by=OPERATOR)

    become(Role.EDITOR)
    yield become
    become(Role.READER)


@pytest.mark.refuses(401)
def test_what_was_typed_is_a_draft_and_the_person_is_told(
    page: Page, temp: Callable[[Role], None], sign_in: Callable[[Page, str], None], write: Callable[..., int]
) -> None:
    post = write("first words")
    sign_in(page, "temp@desk.example")
    page.goto(f"/{post}/update")
    body(page).fill("my words")
    expect(state(page)).to_have_text(KEPT)

    temp(Role.READER)
    body(page).fill("my words and more")
    alert(page).get_by_role("link", name="Sign in").click()
    dialog = page.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("Email").fill("temp@desk.example")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()

    expect(alert(page).get_by_role("heading", name="You may not edit this post any more")).to_be_visible()
    expect(body(page)).to_have_value("my words and more")
    alert(page).get_by_role("link", name="Read your draft").click()
    expect(page.get_by_label("The text")).to_have_value("my words and more")


@pytest.mark.refuses(400, 401)
def test_without_a_script_too(
    new_context: Callable[..., BrowserContext],
    temp: Callable[[Role], None],
    sign_in: Callable[[Page, str], None],
    write: Callable[..., int],
) -> None:
    post = write("first words")
    plain = new_context(java_script_enabled=False).new_page()
    sign_in(plain, "temp@desk.example")
    plain.goto(f"/{post}/update")
    body(plain).fill("my words")

    temp(Role.READER)
    save(plain).click()
    with plain.context.expect_page() as opened:
        plain.get_by_role("link", name="Sign in (opens a new tab)").click()
    opened.value.get_by_label("Email").fill("temp@desk.example")
    opened.value.get_by_label("Password").fill(PASSWORD)
    opened.value.get_by_role("button", name="Sign in").click()
    opened.value.wait_for_url("/")
    plain.get_by_role("button", name="Send it again").click()
    plain.get_by_text("Send it again if it is yours, Temp Orary").wait_for()
    plain.get_by_role("button", name="Send it again").click()

    expect(plain.get_by_text("You may not edit this post any more.")).to_be_visible()
    expect(plain.get_by_label("The text")).to_have_value("my words")
