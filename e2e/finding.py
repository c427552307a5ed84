"""What the journeys look for on the core screen, each in one phrase."""

import re

from playwright.sync_api import Locator, Page

KEPT = re.compile(r"^Draft saved \d\d:\d\d$")
"""What the top bar says when what was typed is on the server, and not saved yet."""


def revision(page: Page, number: int) -> Locator:
    """Return the row of a revision in the timeline."""
    return timeline(page).get_by_role("link", name=starts(f"Revision {number}"))


def shown(page: Page) -> Locator:
    """Return the row of the revision that is shown."""
    return timeline(page).locator("[aria-current=true]")


def timeline(page: Page) -> Locator:
    """Return the timeline of revisions."""
    return page.get_by_role("navigation", name="Revision timeline")


def body(page: Page) -> Locator:
    """Return the field of the text."""
    return page.get_by_label("Body")


def save(page: Page) -> Locator:
    """Return the button that saves."""
    return page.get_by_role("button", name="Save", exact=True)


def previewing(page: Page, number: int) -> Locator:
    """Return the line that says that this old revision is shown."""
    return page.get_by_role("status").filter(has_text=starts(rf"\s*Previewing revision {number}"))


def alert(page: Page) -> Locator:
    """Return the place where refusals are told."""
    return page.get_by_role("alert")


def state(page: Page) -> Locator:
    """Return the line in the top bar that says whether all is saved."""
    return page.locator("#save-state")


def starts(words: str) -> re.Pattern[str]:
    """Return a pattern of texts that start with these whole words."""
    return re.compile(rf"^{words}\b")
