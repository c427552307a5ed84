"""Texts and names that would run if they could are only ever shown, in every view."""

import re
from html.parser import HTMLParser

import pytest

from webapp.database import transaction
from webapp.operations import labels, publication, trash
from webapp.views import tabs

pytestmark = pytest.mark.only("sqlite", "pages do not differ by database")

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onfocus=alert(1) autofocus='",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<hx-partial hx-target='body'>x</hx-partial>",
    "<a hx-get=/logout hx-trigger=load data-hx-post=/x>x</a>",
    "[x](javascript:alert(1)) ![x](data:text/html,<script>alert(1)</script>)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><base href=//evil.example>",
    "<form action=//evil.example><button formaction=javascript:alert(1)>x",
    "{{ 7*7 }}{% raw %}<style>*{display:none}</style>",
    "<!-- --!> <script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
]
OUR_DRAWINGS = ("icon", "wordmark", "strip", "sparkline-drawing")


class Dangers(HTMLParser):
    """Collects what a browser would run, or what would steer htmx, and none of which we wrote."""

    OURS = re.compile(r"/static/[\w./-]+\?v=[0-9a-f]+$")

    ELSEWHERE = re.compile(r"\s*(javascript|data|vbscript|https?|//)", re.IGNORECASE)

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.user_text = 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Look at one element."""
        given = dict(attributes)
        if tag == "script" and not self.OURS.match(given.get("src") or ""):
            self.found.append(f"<script {given}>")
        if (
            tag in ("iframe", "object", "embed", "base", "style", "math", "svg")
            and given.get("class") not in OUR_DRAWINGS
        ):
            self.found.append(f"<{tag} {given}>")
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"{name}={value}")
            if name in ("href", "src", "action", "formaction") and self.ELSEWHERE.match(value or ""):
                self.found.append(f"{name}={value}")
            if name.removeprefix("data-") == "hx-get" and value == "/logout":
                self.found.append(f"{name}={value}")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_only_ever_shown(write, cast, enter, client, hostile):
    post = write(hostile, f"{hostile}\n\nmore {hostile}", title=hostile, tags=hostile[:60])
    write("plain", hostile, f"{hostile} {hostile}", title=hostile, post=write(hostile, title=f"a {hostile}"))
    publication.publish(post, revision=-1, by=cast.author)
    for number, name in ((0, "earlier" + hostile), (0, hostile), (1, hostile)):
        labels.name(post, number, name=name, by=cast.author)
    browser = enter(cast.admin)
    addresses = ["/", f"/?q={hostile}", "/1", "/1?revision=0", "/1/update", "/1/update?revision=0", "/1/timeline"]
    addresses += ["/1/version/0", "/1/compare?from=0&to=1", "/1/undo/1", "/2/undo/1", "/2/undo/2"]
    addresses += [f"/1/undo-by?person={cast.author.public_id}", f"/2/undo-by?person={cast.author.public_id}"]
    addresses += ["/1/version/0/label", "/activity", f"/people/{cast.author.public_id}"]
    addresses.append("/1/compare?from=0&to=1&view=split")
    addresses += [f"/1/update?revision=0&view={view}" for view in ("rendered", "changes", "changes&as=rendered")]
    addresses.append("/1/compare?from=0&to=1&view=rendered")

    pages = [browser.get(address) for address in addresses] + [client.get("/"), client.get("/1")]
    pages.append(browser.send("/1/update", title=hostile, body=f"mine {hostile}", tags="", note=hostile, seen="0"))
    pages.append(browser.send("/create", title="", body=hostile, tags=hostile[:60], note=hostile))
    pages += typed(browser, title=hostile, body=f"{hostile} and more", tags=hostile[:60], note=hostile, seen="0")
    said = {"title": hostile, "body": f"typed {hostile}", "tags": hostile, "note": hostile, "seen": "1"}
    kept = [browser.send(f"/{place}/draft", **said, save_id=f"of {place}", htmx=True) for place in ("1", "create")]
    drafted = ["/", "/1/update", "/1/update?revision=0", "/create", "/create?draft=2", "/drafts/1", "/drafts/2"]
    kept += [browser.get(address) for address in drafted]

    assert [page.status_code for page in pages] == [200] * (len(pages) - 9) + [409, 422] + [200] * 7
    assert [page.status_code for page in kept] == [200] * len(kept)
    assert [Dangers(page.text).found for page in kept] == [[]] * len(kept)
    assert [Dangers(page.text).found for page in pages] == [[]] * len(pages)


def typed(browser, **fields):
    """Return the pages that show what was typed."""
    compared = [browser.send("/1/compare?to=form", view=view, **fields) for view in tabs.WAYS]
    taken = [browser.send("/1/take", take=tick, **fields) for tick in ("0.1.0.title", "0.1.0.tags")]
    rendered = browser.send("/1/rendered", **fields)
    return [*compared, rendered, *taken, browser.send("/1/update", action="edit", **fields)]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_only_shown_where_one_chooses_merges_and_unfolds(write, cast, enter, hostile):
    lines = "\n".join(f"{hostile} {number}" for number in range(12))
    post = write(f"{lines}\nend", title=hostile)
    write(f"{lines}\nend {hostile}", post=post, by=cast.editor, title=hostile)
    write(f"{lines}\nend of {hostile}", post=post, title=hostile)
    browser, said = enter(cast.admin), {"title": hostile, "tags": hostile[:60], "note": hostile}
    undo_by = f"/1/undo-by?person={cast.editor.public_id}&since=1"

    refused = browser.send(undo_by, seen="2", note=hostile)
    merged = browser.send("/1/update", **said, body=f"{hostile}\n{lines}\nend {hostile}", seen="1", save_id="m")
    browser.send("/1/draft", **said, body=f"{lines} draft", seen="3", save_id="d", turn="1", htmx=True)
    pages = [browser.get(at) for at in (undo_by, "/1/version/3/side", "/1/update?revision=1&view=changes&with=draft")]
    parts = ["/1/version/0?part=changes"]
    parts += [f"/1/compare?from=1&to=2&view={view}&open=1-{end}" for view, end in (("inline", 8), ("split", 8))]
    pages += [browser.get_fragment(part) for part in [*parts, "/1/compare?from=1&to=2&view=rendered&open=1-1"]]

    assert (refused.status_code, merged.status_code) == (422, 303)
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [Dangers(page.text).found for page in [refused, *pages]] == [[]] * (len(pages) + 1)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_is_only_ever_shown(write, cast, enter, hostile):

    with transaction():
        cast.author.name = hostile
    trash.delete(write("one"), by=cast.author)
    write("one", "two")
    browser = enter(cast.admin)

    addresses = ["/", "/2", "/2/update?revision=0", "/people", "/trash", "/2/version/0", "/2/undo/1", "/activity"]
    addresses += [f"/people/{cast.author.public_id}", f"/2/undo-by?person={cast.author.public_id}"]
    pages = [browser.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [Dangers(page.text).found for page in pages] == [[]] * len(pages)
