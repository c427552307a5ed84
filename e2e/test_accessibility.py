"""Every screen passes axe: light, dark and on a phone."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from e2e.finding import body, revision, save
from tests import serving
from webapp.models import User

Write = Callable[..., int]
LONG = "".join(f"## Part {part}\n\nWith *words*, a [link](https://e.example) and\n\n    code\n\n" for part in range(6))
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe that look at colours: all others find in the dark what they find in the light."""
LOOKS: dict[str, tuple[Any, int, Sequence[str]]] = {
    "light": ("light", 1440, ()),
    "dark": ("dark", 1440, COLOURS),
    "phone": ("light", 390, ()),
}
SCREENS = {
    "desk": ("/", "/?q=nowhere", "/create", "/{post}", "/trash", "/{trashed}/erase", "/help"),
    "people": ("/activity", "/people/{person}", "/people", "/account"),
    "editor": (
        "/{post}/update",
        "/{post}/update?revision=0",
        "/{post}/update?revision=0&view=rendered",
        "/{post}/update?revision=0&view=changes",
        "/{post}/update?revision=0&view=changes&as=split",
    ),
    "revisions": (
        "/{post}/timeline",
        "/{post}/version/0",
        "/{post}/version/0/label",
        "/{post}/undo/1",
        "/{post}/compare?from=0&to=1",
        "/{post}/compare?from=0&to=1&view=split",
        "/{post}/compare?from=0&to=1&view=rendered",
    ),
}


@pytest.fixture
def admin(new_context: Callable[..., Any], session_of: Callable[[str], Any], cast: SimpleNamespace) -> Page:
    """A page on which the administrator is signed in; colours change at once."""
    page: Page = new_context(storage_state=session_of(cast.admin), reduced_motion="reduce").new_page()
    return page


@pytest.fixture
def places(
    write: Write,
    publish: Callable[..., None],
    trash: Callable[[int], None],
    desk: SimpleNamespace,
    cast: SimpleNamespace,
) -> dict[str, Any]:
    """What the addresses name: a published post, one in the trash, and who wrote them."""
    post, trashed = write("Short.", LONG, title="A long one", tags="sea, travel"), write("Thrown away")
    publish(post, 1)
    trash(trashed)
    with desk.app.app_context():
        return {"post": post, "trashed": trashed, "person": User.with_email(cast.author).public_id}


@pytest.mark.parametrize("screens", SCREENS)
def test_every_screen_passes_axe(admin: Page, places: dict[str, Any], screens: str) -> None:
    assert violations_at(admin, *(address.format(**places) for address in SCREENS[screens])) == {}


@pytest.mark.refuses(404)
def test_a_visitors_screens_pass_axe(new_context: Callable[..., Any]) -> None:
    visitor = new_context(reduced_motion="reduce").new_page()

    assert violations_at(visitor, "/", "/login", "/999999") == {}


def test_setting_up_passes_axe(new_context: Callable[..., Any], tmp_path: Path) -> None:
    with serving.start(tmp_path / "new") as server:
        address = server.wait_for(r"(http\S+/setup\S+)")[1]
        page = new_context(reduced_motion="reduce").new_page()

        page.goto(address)

        assert violations(page) == {}


@pytest.mark.refuses(401, 409)
def test_a_lost_race_unsaved_text_a_draft_and_signing_in_pass_axe(
    admin: Page, write: Write, revise: Callable[..., None]
) -> None:
    post = write("first words", "second words")
    admin.goto(f"/{post}/update")
    body(admin).fill("my words")
    revise(post, "her words")
    save(admin).click()
    expect(admin.get_by_role("heading", name="while you were editing")).to_be_focused()
    admin.get_by_role("radio").first.check()
    assert violations(admin) == {}

    revision(admin, 0).click()
    expect(admin.get_by_role("link", name="Back to my draft").first).to_be_visible()
    assert violations(admin) == {}

    draft = admin.locator("[data-draft-row]").get_attribute("data-draft-row")
    admin.goto(f"/drafts/{draft}")
    admin.get_by_text("Discard…").click()
    assert violations(admin) == {}

    admin.goto(f"/{post}/update")
    admin.context.clear_cookies()
    body(admin).fill("my words, signed out")
    admin.get_by_role("link", name="Sign in").click()
    expect(admin.get_by_role("dialog", name="Sign in").get_by_label("Email")).to_be_focused()
    assert violations(admin) == {}


def test_open_menus_and_sheets_pass_axe(admin: Page, write: Write) -> None:
    post = write("first words", "second words")
    admin.goto(f"/{post}/update?revision=0")
    admin.get_by_role("button", name="Restore this revision").click()
    expect(admin.get_by_role("button", name="Undo")).to_be_visible()
    admin.get_by_label("More about this post").click()
    assert violations(admin) == {}

    admin.get_by_role("link", name="Name it revision 2").click()
    expect(admin.get_by_label("Name", exact=True)).to_be_focused()
    assert violations(admin) == {}
    admin.keyboard.press("Escape")

    admin.set_viewport_size({"width": 390, "height": 844})
    admin.get_by_role("button", name="History", exact=True).click()
    expect(revision(admin, 0)).to_be_in_viewport()
    assert found(admin) == []


def violations_at(page: Page, *addresses: str) -> dict[str, dict[str, list[str]]]:
    """Return what axe finds at each of the addresses."""
    everything = {address: page.goto(address) and violations(page) for address in addresses}
    return {address: here for address, here in everything.items() if here}


def violations(page: Page) -> dict[str, list[str]]:
    """Return what axe finds in each look of the page: rule and place."""
    everything = {}
    for look, (scheme, width, rules) in LOOKS.items():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 844})
        everything[look] = found(page, rules)
    page.set_viewport_size({"width": 1440, "height": 844})
    return {look: here for look, here in everything.items() if here}


def found(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Return what axe, with all its rules or these, finds in the page as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    # Only what is broken comes back: what is in order is a megabyte.
    broken = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [f"{rule['id']}: {place['target']} {place['failureSummary']}" for rule in broken for place in rule["nodes"]]
