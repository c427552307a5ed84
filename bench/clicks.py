"""`python -m bench.clicks`: from the click on a revision to the text in the form in a real browser, and its bytes."""

import os
import statistics
from collections.abc import Iterator, Mapping, Sequence

import click
from playwright.sync_api import Page, Request, sync_playwright

from bench import desk, report, server
from bench.desk import Desk, account
from bench.report import Figure
from e2e import browser as browsers
from e2e.conftest import FLAGS
from webapp import clock

REVISIONS = 1_500
CLICKS = 60
SWAPPED_MS = 40
"""From the click to the text in the form, half of the times at most."""
FRAGMENT_KB = 20
"""What a click brings, as it is sent, half of the times at most."""
_CLICKING = """async ([count, rests]) => {
  const rows = [...document.querySelectorAll("[data-timeline] .revision")].slice(1);
  const now = (done) => () => done(performance.now());
  const after = (event) => new Promise((done) => document.addEventListener(event, now(done), { once: true }));
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const times = [];
  for (let n = 0; n < count; n += 1) {
    const row = rows[(n * 7) % rows.length];
    if (rests) row.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
    await wait(rests ? 250 : 50);
    const swapped = after("htmx:after:swap");
    const start = performance.now();
    row.click();
    const end = await swapped;
    const shown = await new Promise((done) => requestAnimationFrame(() => setTimeout(now(done))));
    times.push([end - start, shown - start]);
  }
  return times;
}"""


def main() -> None:
    """Measure on a copy of the desk with a long history."""
    started = clock.now()
    with desk.copied(desk.of_edits((REVISIONS,))) as lent:
        figures = list(_clicks(lent))
    report.show(figures)
    click.echo(f"Written to {os.path.relpath(report.write(figures, started=started))}")


def _clicks(lent: Desk) -> Iterator[Figure]:
    person = account(lent)
    environment = {"STET_DATA": str(lent.folder)}
    with (
        server.running("webapp", "serve", environment=environment, path="/healthz") as ours,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=browsers.find(playwright), args=list(FLAGS))
        for kept in (True, False):
            page = chromium.new_page(base_url=f"http://{server.HOST}:{ours.port}")
            answered: list[Request] = []
            page.on("requestfinished", lambda request, answered=answered: answered.append(request))
            if not kept:
                page.route("**/dictionary", lambda route: route.abort())
            _open(page, lent.posts[REVISIONS], person)
            for name, rests in (("clicked at once", False), ("clicked after a moment's rest", True)) if kept else ():
                yield from _figures(name, page.evaluate(_CLICKING, [CLICKS, rests]))
            page.evaluate(_CLICKING, [CLICKS, False])
            yield _sent(answered, "" if kept else ", without a dictionary")
        chromium.close()


def _sent(answered: Sequence[Request], how: str) -> Figure:
    """Return the size of the fragments that were sent; those that the browser had are not."""
    revisions = [request for request in answered if "/update?revision=" in request.url]
    sizes = [size / 1024 for request in revisions if (size := request.sizes()["responseBodySize"])]
    detail = f"largest of {len(sizes)}: {max(sizes):.1f} KB; not sent again: {len(revisions) - len(sizes)}"
    return Figure("browser", f"a fragment{how}", statistics.median(sizes), "KB", goal=FRAGMENT_KB, detail=detail)


def _open(page: Page, post: int, person: Mapping[str, str]) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill(person["email"])
    page.get_by_label("Password").fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    page.goto(f"/{post}/update", wait_until="networkidle")
    page.evaluate(_CLICKING, [5, False])  # the browser compiles what runs often


def _figures(name: str, times: Sequence[tuple[float, float]]) -> Iterator[Figure]:
    for until, milliseconds in zip(("in the form", "painted"), zip(*times, strict=True), strict=True):
        slowest = statistics.quantiles(milliseconds, n=20)[-1]
        goal = SWAPPED_MS if until == "in the form" else None
        detail = f"95 of 100: {slowest:.0f} ms"
        yield Figure("browser", f"{name}, {until}", statistics.median(milliseconds), "ms", goal=goal, detail=detail)


if __name__ == "__main__":
    main()
