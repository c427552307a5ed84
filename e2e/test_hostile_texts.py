"""Texts that would run if they could are compared, chosen from, taken back and undone, and nothing of them runs."""

from collections.abc import Callable
from types import SimpleNamespace

from playwright.sync_api import Dialog, Page, expect

from e2e.finding import body, save, shown, starts
from tests.views.test_hostile_texts import HOSTILE

Write = Callable[..., int]
Revise = Callable[..., None]

EVERYTHING = "\n\n".join(HOSTILE)


def test_a_hostile_text_goes_through_every_comparison_unexecuted(
    editor: Page, write: Write, revise: Revise, cast: SimpleNamespace
) -> None:
    ran: list[str] = []

    def stop(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    editor.on("dialog", stop)
    post = write(EVERYTHING, title=HOSTILE[0])
    revise(post, "\n\n".join(f"{text} {text}" for text in HOSTILE), title=HOSTILE[1], by=cast.editor)
    revise(post, "\n\n".join(f"{text} again" for text in HOSTILE), title=HOSTILE[2])

    for view in ("inline", "split", "rendered"):
        editor.goto(f"/{post}/compare?from=0&to=2&view={view}")
        expect(editor.get_by_role("region", name="Changes", exact=True)).to_contain_text("alert(1)")
    editor.get_by_role("link", name="Next change").click()
    editor.goto(f"/{post}/undo/1")
    expect(editor.get_by_role("group", name="Passage").first).to_contain_text("alert(1)")
    editor.goto(f"/{post}/update?revision=0&view=changes&as=rendered")
    for tick in editor.get_by_role("checkbox", name=starts("Tick change")).all():
        tick.check()
    editor.get_by_role("button", name="Take back what is ticked").click()
    expect(body(editor)).to_have_value(EVERYTHING)
    save(editor).click()

    expect(shown(editor)).to_contain_text("parts of #0")
    expect(body(editor)).to_have_value(EVERYTHING)
    assert ran == []
