"""What holds for all routes at once; a new route fails here until somebody has said who may use it."""

import re

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.operations import drafts, publication, trash
from webapp.pure.roles import Ability
from webapp.views.headers import SECURITY

pytestmark = pytest.mark.only("sqlite", "routes do not differ by database")

ACCESS = {
    "GET /": "public",
    "GET /<int:post_id>": "public",
    "GET /<int:post_id>/compare": Ability.EDIT,
    "GET /<int:post_id>/erase": Ability.ERASE,
    "GET /<int:post_id>/sparkline": Ability.EDIT,
    "GET /<int:post_id>/timeline": Ability.EDIT,
    "GET /<int:post_id>/undo-by": Ability.EDIT,
    "GET /<int:post_id>/undo/<int(signed=True):number>": Ability.EDIT,
    "GET /<int:post_id>/update": Ability.EDIT,
    "GET /<int:post_id>/version/<int:number>/dictionary": Ability.EDIT,
    "GET /<int:post_id>/version/<int:number>/side": Ability.EDIT,
    "GET /<int:post_id>/version/<int(signed=True):number>": Ability.EDIT,
    "GET /<int:post_id>/version/<int(signed=True):number>/label": Ability.EDIT,
    "GET /account": "signed in",
    "GET /activity": Ability.EDIT,
    "GET /create": Ability.CREATE,
    "GET /drafts/<int:draft_id>": "signed in",
    "GET /feed.atom": "public",
    "GET /healthz": "public",
    "GET /help": "public",
    "GET /login": "public",
    "GET /people": Ability.MANAGE_PEOPLE,
    "GET /people/<public_id>": Ability.EDIT,
    "GET /setup": "public",
    "GET /static/<path:name>": "public",
    "GET /trash": Ability.SEE_TRASH,
    "POST /<int:post_id>/compare": Ability.EDIT,
    "POST /<int:post_id>/delete": Ability.TRASH,
    "POST /<int:post_id>/draft": "signed in",
    "POST /<int:post_id>/erase": Ability.ERASE,
    "POST /<int:post_id>/presence": Ability.EDIT,
    "POST /<int:post_id>/publish": Ability.PUBLISH,
    "POST /<int:post_id>/rendered": Ability.EDIT,
    "POST /<int:post_id>/take": Ability.EDIT,
    "POST /<int:post_id>/undelete": Ability.TRASH,
    "POST /<int:post_id>/undo-by": Ability.EDIT,
    "POST /<int:post_id>/undo/<int(signed=True):number>": Ability.EDIT,
    "POST /<int:post_id>/unpublish": Ability.PUBLISH,
    "POST /<int:post_id>/update": "signed in",
    "POST /<int:post_id>/version/<int:number>/unmerge": Ability.EDIT,
    "POST /<int:post_id>/version/<int(signed=True):number>": Ability.EDIT,
    "POST /<int:post_id>/version/<int(signed=True):number>/label": Ability.EDIT,
    "POST /<int:post_id>/version/<int(signed=True):number>/label/remove": Ability.EDIT,
    "POST /account/password": "signed in",
    "POST /account/sessions/<int:session_id>/end": "signed in",
    "POST /create": "signed in",
    "POST /create/draft": "signed in",
    "POST /drafts/<int:draft_id>/discard": "signed in",
    "POST /drafts/<int:draft_id>/take-back": "signed in",
    "POST /login": "public",
    "POST /logout": "public",
    "POST /people": Ability.MANAGE_PEOPLE,
    "POST /people/<public_id>": Ability.MANAGE_PEOPLE,
    "POST /setup": "public",
}
GETS = [
    "/",
    "/?q=words&tag=a&author=x&page=2",
    "/1",
    "/1?revision=0",
    "/2",
    "/1/compare?from=0&to=1",
    "/1/compare?from=0&to=1&view=split&open=1-2",
    "/1/compare?view=rendered",
    "/1/sparkline?revision=0",
    "/1/timeline?before=1",
    "/1/timeline?after=0&author=x&mine=1&labelled=1",
    "/1/timeline?on=2026-01-01&revision=0",
    "/1/update",
    "/1/update?revision=0",
    "/1/undo/1",
    "/1/undo-by?person=x&since=1",
    "/1/version/0",
    "/1/version/0/label",
    "/1/version/1/dictionary",
    "/3/erase",
    "/account",
    "/activity",
    "/activity?kind=written&before=9.9",
    "/create",
    "/create?draft=2",
    "/2/update?draft=1&state=0",
    "/2/update?revision=0&view=changes&with=draft",
    "/drafts/1",
    "/1/version/1/side",
    "/feed.atom",
    "/healthz",
    "/help",
    "/login",
    "/people",
    "/people/nobody",
    "/setup?token=wrong",
    "/static/css/base.css",
    "/trash",
    "/99/update",
    "/nowhere",
]


MAY_BE_KEPT = ("/static/css/base.css", "/1/version/1/dictionary")
"""Addresses whose answers a browser may show again unasked."""


def routes(app):
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}", app.view_functions[rule.endpoint]


@pytest.fixture
def desk(write, cast):
    """Post 1 is published with a newer revision, post 2 is not, and the author is at it, post 3 in the trash."""
    publication.publish(write("one", "two words", tags="a"), revision=0, by=cast.author)
    write("not published")
    for post_id in (2, None):
        sender = drafts.Sender(save_id=f"form {post_id}", turn=1, seen=post_id and 0)
        drafts.autosave(post_id, title="T", body="typed", tags="", note="", sender=sender, by=cast.author)
    trash.delete(write("deleted"), by=cast.author)


def everything():
    """Return all rows of all tables."""
    db.session.rollback()
    return {table.name: db.session.execute(sa.select(table)).all() for table in db.metadata.sorted_tables}


def test_every_route_says_who_may_use_it(app):
    assert {name: view.access for name, view in routes(app)} == ACCESS


@pytest.mark.parametrize("who", ["admin", "author", "reader", None])
def test_looking_writes_nothing(desk, enter, cast, client, who):
    browser = client if who is None else enter(getattr(cast, who))
    before = everything()

    for address in GETS:
        browser.get(address)
        browser.get_fragment(address)
        browser.head(address)
        assert (address, everything()) == (address, before)


def test_every_address_of_a_get_route_is_among_those_looked_at(app):
    adapter = app.url_map.bind("localhost")
    looked_at = {adapter.match(address.partition("?")[0])[0] for address in GETS[:-1]}

    assert {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} == looked_at


def test_nothing_is_written_without_the_token_of_a_form(desk, enter, cast):
    browser = enter(cast.admin)
    before = everything()

    for address in addresses("POST"):
        answers = [browser.post(address, data={"title": "x", "csrf_token": token}) for token in ("", "forged")]
        assert (address, [answer.status_code for answer in answers]) == (address, [400, 400])
        assert (address, everything()) == (address, before)


def test_what_writes_cannot_be_got(client):
    statuses = {client.get(address).status_code for address in addresses("POST") - addresses("GET")}

    assert statuses == {405}


def addresses(method: str) -> set[str]:
    """Return an address for each route that has this method."""
    routes = (name.removeprefix(f"{method} ") for name in ACCESS if name.startswith(method))
    return {re.sub(r"<[^>]*>", "1", route) for route in routes}


@pytest.mark.parametrize("who", ["admin", None])
def test_every_answer_carries_the_headers(desk, enter, cast, client, who):
    browser = client if who is None else enter(cast.admin)

    for address in GETS:
        for answer in (browser.get(address), browser.get_fragment(address), browser.put(address)):
            assert (address, {name: answer.headers[name] for name in SECURITY}) == (address, SECURITY)
            assert "HX-Request-Type" in answer.headers["Vary"]
            assert answer.headers["Cache-Control"] == "private, no-cache" or address in MAY_BE_KEPT


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("/1/update", "/1/update"),
        ("/1/timeline?before=2", "/1/timeline?before=2"),
        ("/2/update", "/2/update"),
        ("/help", "/help"),
    ],
)
def test_a_fragment_is_literally_a_part_of_its_page(desk, enter, cast, page, part):
    browser = enter(cast.author)

    whole, fragment = browser.get(page), browser.get_fragment(part)

    assert fragment.headers["X-Fragment"] == "1"
    assert "X-Fragment" not in whole.headers
    assert _settled(fragment.text) in _settled(whole.text)


def _settled(text: str) -> str:
    """Return the page without what is made anew for every answer, what scripts count, and without indentation."""
    text = re.sub(r'(<p id="length"[^>]*>).*?</p>', r"\1</p>", text, flags=re.DOTALL)
    text = re.sub(r'name="(csrf_token|save_id)" value="[^"]*"', r'name="\1"', text)
    return " ".join(text.split())


STATUSES = {
    #                        admin editor author other reader signed out
    "/": (200, 200, 200, 200, 200, 200),
    "/1": (200, 200, 200, 200, 200, 200),
    "/1?revision=1": (200, 200, 200, 404, 404, 404),
    "/2": (200, 200, 200, 404, 404, 404),
    "/3": (404, 404, 404, 404, 404, 404),
    "/99": (404, 404, 404, 404, 404, 404),
    "/1/update": (200, 200, 200, 404, 404, 303),
    "/1/update?revision=0": (200, 200, 200, 404, 404, 303),
    "/2/update": (200, 200, 200, 404, 404, 303),
    "/3/update": (404, 404, 404, 404, 404, 303),
    "/99/update": (404, 404, 404, 404, 404, 303),
    "/1/sparkline": (303, 303, 303, 404, 404, 303),
    "/1/timeline": (200, 200, 200, 404, 404, 303),
    "/1/compare": (200, 200, 200, 404, 404, 303),
    "/1/version/0": (200, 200, 200, 404, 404, 303),
    "/1/undo/1": (200, 200, 200, 404, 404, 303),
    "/1/version/0/label": (200, 200, 200, 404, 404, 303),
    "/1/version/0/dictionary": (200, 200, 200, 404, 404, 303),
    "/1/version/2/dictionary": (404, 404, 404, 404, 404, 303),
    "/3/version/0/dictionary": (404, 404, 404, 404, 404, 303),
    "/3/version/0/label": (404, 404, 404, 404, 404, 303),
    "/1/erase": (404, 404, 404, 404, 404, 303),
    "/3/erase": (200, 404, 404, 404, 404, 303),
    "/create": (200, 200, 200, 200, 404, 303),
    "/trash": (200, 200, 200, 200, 404, 303),
    "/people": (200, 404, 404, 404, 404, 303),
    "/people/nobody": (404, 404, 404, 404, 404, 303),
    "/activity": (200, 200, 200, 200, 404, 303),
    "/feed.atom": (200, 200, 200, 200, 200, 200),
    "/help": (200, 200, 200, 200, 200, 200),
    "/account": (200, 200, 200, 200, 200, 303),
    "/1/version/1/side": (404, 404, 404, 404, 404, 303),
    "/drafts/1": (404, 404, 200, 404, 404, 303),
    "/drafts/99": (404, 404, 404, 404, 404, 303),
    "/2/update?draft=1": (404, 404, 200, 404, 404, 303),
    "/1/update?draft=1": (404, 404, 404, 404, 404, 303),
    "/create?draft=1": (404, 404, 404, 404, 404, 303),
    "/create?draft=2": (404, 404, 200, 404, 404, 303),
}


def test_who_sees_what(desk, enter, cast, client):
    browsers = [enter(person) for person in vars(cast).values()] + [client]

    answers = {address: tuple(browser.get(address).status_code for browser in browsers) for address in STATUSES}

    assert answers == STATUSES


def test_what_is_hidden_looks_like_what_does_not_exist(desk, enter, cast):
    browser = enter(cast.other)
    hidden = {address: browser.page(address) for address, statuses in STATUSES.items() if statuses[3] == 404}

    assert hidden == dict.fromkeys(hidden, browser.page("/no/such/address"))


WRITES = {
    #                  admin editor author other reader
    "/2/update": (303, 303, 303, 404, 404),
    "/1/version/0": (303, 303, 303, 404, 404),
    "/1/undo/1": (303, 303, 303, 404, 404),
    "/1/version/0/label": (303, 303, 303, 404, 404),
    "/2/version/0/label/remove": (303, 303, 303, 404, 404),
    "/1/compare?to=form": (200, 200, 200, 404, 404),
    "/1/rendered": (200, 200, 200, 404, 404),
    "/2/publish": (303, 303, 303, 404, 404),
    "/1/unpublish": (303, 303, 303, 404, 404),
    "/2/delete": (303, 303, 303, 404, 404),
    "/3/undelete": (303, 303, 303, 404, 404),
    "/3/erase": (303, 404, 404, 404, 404),
    "/create": (303, 303, 303, 303, 404),
    "/2/draft": (303, 303, 303, 404, 404),
    "/create/draft": (303, 303, 303, 303, 404),
    "/2/presence": (303, 303, 303, 404, 404),
    "/1/version/1/unmerge": (404, 404, 404, 404, 404),
    "/drafts/1/discard": (404, 404, 303, 404, 404),
    "/drafts/1/take-back": (404, 404, 303, 404, 404),
}


WORDS = {"title": "T", "body": "new", "tags": "", "note": "", "reason": "asked to", "name": "N"}
PEOPLE = ("admin", "editor", "author", "other", "reader")


@pytest.mark.parametrize(
    ("address", "who"),
    [
        (address, who)
        for address, statuses in WRITES.items()
        for who, status in zip(PEOPLE, statuses, strict=True)
        if status != 404
    ],
)
def test_who_changes_what(desk, enter, cast, address, who):
    browser = enter(getattr(cast, who))

    answer = browser.send(address, seen="0", revision="0", save_id="a form", **WORDS)
    if address in ("/1/version/0", "/1/undo/1"):
        answer = browser.send(address, seen="1")

    assert answer.status_code == WRITES[address][PEOPLE.index(who)]


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_not_changes_nothing(desk, enter, cast, who):
    browser = enter(getattr(cast, who))
    forbidden = [address for address, statuses in WRITES.items() if statuses[PEOPLE.index(who)] == 404]
    before = everything()

    for address in forbidden:
        answers = [browser.send(address, seen=seen, revision="0", save_id="a form", **WORDS) for seen in "01"]
        assert (address, [answer.status_code for answer in answers]) == (address, [404, 404])
        assert (address, everything()) == (address, before)
