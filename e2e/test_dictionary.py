"""A revision of a long text comes as the difference to the text on the screen, and is exactly itself in the form."""

import random
import re
from collections.abc import Callable, Sequence
from types import SimpleNamespace

from playwright.sync_api import Page, Response, expect

from e2e.finding import body, revision, shown, starts

MOST_BYTES = 20 * 1024
"""Of a fragment, packed."""
LINES = 1000
WORDS = ("the", "desk", "keeps", "every", "edit", "of", "a", "text", "and", "“shows”", "what", "<was>", "&", "line's")


def texts(seed: int) -> list[str]:
    """Return five texts of some 75 KB that no packer makes short, each the one before with a passage changed."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    lines = [" ".join(f"{chance.choice(WORDS)}{chance.randrange(1000)}" for _ in range(9)) for _ in range(LINES)]
    found = []
    for number in range(5):
        lines[number * 100 : number * 100 + 3] = [f"Changed {number}"] * number
        found.append("\n".join(lines))
    return found


def opened(page: Page, address: str) -> None:
    """Open the editor, and wait for the dictionary that it fetches when all else is there."""
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/dictionary")):
        page.goto(address)


def selected(page: Page, number: int, long: Sequence[str]) -> Response:
    """Click on a revision, see that the form holds its text, and return the answer that brought it."""
    with page.expect_response(re.compile(rf"/update\?revision={number}$")) as answer:
        revision(page, number).click()
    expect(shown(page)).to_have_accessible_name(starts(f"Revision {number}"))
    expect(body(page)).to_have_value(long[number])
    return answer.value


def coding(answer: Response) -> str | None:
    """Return how it was packed."""
    return answer.all_headers().get("content-encoding")


def size(answer: Response) -> int:
    """Return how many bytes came."""
    return answer.request.sizes()["responseBodySize"]


def test_a_click_brings_a_difference_and_the_form_holds_the_text_itself(
    page: Page,
    cast: SimpleNamespace,
    sign_in: Callable[[Page, str], None],
    write: Callable[..., int],
    revise: Callable[..., None],
) -> None:
    one, two = texts(1), texts(2)
    here, there = write(*one), write(*two)
    sign_in(page, cast.editor)
    opened(page, f"/{here}/update")

    answers = [selected(page, number, one) for number in (3, 0, 4, 1)]
    assert [coding(answer) for answer in answers] == ["dcz"] * 4
    assert max(map(size, answers)) <= MOST_BYTES
    assert size(selected(page, 3, one)) == 0  # the browser has it

    page.go_back()
    expect(body(page)).to_have_value(one[1])
    page.go_back()
    expect(body(page)).to_have_value(one[4])
    page.go_forward()
    expect(body(page)).to_have_value(one[1])

    tab = page.context.new_page()
    opened(tab, f"/{there}/update?revision=2")
    assert [coding(selected(tab, 1, two)), coding(selected(page, 2, one))] == ["dcz", "dcz"]
    revise(here, one[4] + "\nand more")
    opened(tab, f"/{here}/update")  # whose newer text is the dictionary of the other page too from now on
    assert [coding(selected(tab, 0, one)), coding(selected(page, 4, one))] == ["dcz", "dcz"]
    assert size(selected(page, 0, one)) == 0  # the other page has brought it
    tab.close()

    page.goto("/trash")
    page.get_by_label("Menu of Ed Itor").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    with page.expect_request(f"**/{here}/update") as request:
        page.goto(f"/{here}/update")
    assert "available-dictionary" not in request.value.all_headers()
