"""Refusals and faults: status, words and place."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from webapp import create_app, engines, filelock
from webapp.config import Config
from webapp.database import db
from webapp.history import verify
from webapp.models import Post
from webapp.operations import erase
from webapp.views import access

pytestmark = pytest.mark.only("sqlite", "what an answer says does not depend on the database")


@pytest.fixture
def broken(app):
    """A route that breaks."""

    @app.get("/broken")
    @access.public
    def break_down():
        raise RuntimeError("the secret of the house")

    @app.get("/no-database")
    @access.public
    def lose_the_database():
        raise sa.exc.OperationalError("SELECT secret", {}, Exception("gone"))


def test_a_fault_is_said_without_its_cause(broken, client):
    page = client.get("/broken")

    assert page.status_code == 500
    assert '<a class="button button-primary" href="">Try again</a>' in page.text
    assert "secret" not in page.text
    assert "The log calls it" in page.text
    assert "Sign in" not in page.text


def test_a_lost_database_is_said_as_something_that_passes(broken, client):
    page = client.get("/no-database")

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "SELECT" not in page.text


@pytest.mark.parametrize("part", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}])
def test_a_database_that_is_gone_is_not_asked_for_the_page_that_says_so(tmp_path, part):
    gone = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    client = create_app(Config(data=tmp_path, database_url=gone, secret_key="for tests only")).test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "somebody who was signed in"

    page = client.get("/1/update", headers=part)

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("address", ["/broken", "/no-database", "/nowhere"])
def test_htmx_gets_an_alert_that_leaves_the_page_alone(broken, client, address):
    part = client.get_fragment(address)

    told = {name: part.headers[name] for name in ("X-Fragment", "HX-Retarget", "HX-Reswap", "HX-Push-Url")}
    assert told == {"X-Fragment": "1", "HX-Retarget": "#alerts", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
    assert "<html" not in part.text


@pytest.mark.parametrize(
    ("address", "ways"), [("/broken", []), ("/no-database", []), ("/nowhere", ["Back to the desk"])]
)
def test_an_alert_offers_to_try_again_what_may_pass_and_leads_nowhere_else(broken, client, address, ways):
    part = client.get_fragment(address).text

    assert re.findall(r'<a href="[^"]*">([^<]*)<', part) == ways
    assert ("data-retry" in part) == (not ways)


@pytest.mark.parametrize(("address", "latest"), [("/1/update", "/1/update"), ("/1", "/1"), ("/1/compare", "/1/update")])
def test_a_revision_that_is_not_there_leads_to_the_latest(write, cast, enter, address, latest):
    write("first")

    answer = enter(cast.author).get(f"{address}?{'from' if 'compare' in address else 'revision'}=7")

    assert answer.status_code == 404
    assert "There is no revision 7: this post has the revisions 0 to 0." in answer.text
    assert f'href="{latest}">To the latest revision</a>' in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_an_erased_revision_leads_to_the_nearest_ones_that_are_kept(write, cast, enter, htmx):
    post = write("one", "two", "three", "four", "five")
    erase.revisions(post, [0, 2, 3], reason="a phone number", by=cast.admin)
    browser = enter(cast.author)

    answer = (browser.get_fragment if htmx else browser.get)("/1/update?revision=2")

    assert answer.status_code == 410
    assert "Taken out by Ada Admin" in answer.text
    assert re.findall(r'href="(/1/[^"]*)">(Revision \d)<', answer.text) == [
        ("/1/update?revision=1", "Revision 1"),
        ("/1/update?revision=4", "Revision 4"),
    ]


def test_a_form_without_its_token_keeps_what_was_typed(write, cast, enter):
    write("zero")

    page = enter(cast.author).post("/1/update", data={"title": "T", "body": "typed words"})

    assert page.status_code == 400
    assert "typed words" in page.text


def test_a_form_of_an_earlier_session_is_sent_again_with_the_token_of_this_one(write, cast, enter, client):
    write("zero")
    browser, ours = enter(cast.author), {"Origin": "http://localhost"}
    typed = {
        "title": "T",
        "tags": "",
        "note": "",
        "body": "typed words",
        "seen": "0",
        "csrf_token": "of another session",
    }

    signed_out = client.post("/1/update", data=typed, headers=ours)
    stale = browser.post("/1/update", data=typed, headers=ours)
    address, fields = form_in(stale)
    saved = browser.post(address, data=fields)

    assert (signed_out.status_code, form_in(signed_out)) == (401, ("/1/update", typed))
    assert (stale.status_code, saved.status_code) == (400, 303)
    db.session.rollback()
    assert [row.body for row in Post.get(1).versions] == ["zero", "typed words"]
    for elsewhere in ({}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for somebody in (client, browser):
            assert "Send it again" not in somebody.post("/1/update", data=typed, headers=elsewhere).text


def test_what_had_no_text_is_refused_with_the_way_back_to_where_it_was_sent_from(write, cast, enter, client):
    write("zero", "one")
    browser, sent = enter(cast.author), {"seen": "1", "csrf_token": "of another session"}
    here = {"Origin": "http://localhost", "Referer": "http://localhost/1/update?revision=0"}

    signed_out = client.post("/1/version/0", data=sent, headers=here)
    stale = browser.post("/1/version/0", data=sent, headers=here)
    elsewhere = browser.post("/1/version/0", data=sent, headers={"Referer": "http://localhost.evil.example/1"})
    browser.environ_base["HTTP_REFERER"] = here["Referer"]
    late = browser.send("/1/version/0", seen="0")

    back = ("/1/update?revision=0", "Back to where you were")
    assert (signed_out.status_code, stale.status_code, late.status_code) == (401, 400, 409)
    assert "Your session has ended, so nothing was done. Sign in, then do it again." in signed_out.text
    assert ways(signed_out) == [("/login?next=/1/update?revision%3D0", "Sign in")]
    assert "so nothing is done. Go back and do it again if it is yours, Ana Ruiz." in stale.text
    assert "Revision 1 was saved while revision 0 was on your screen, so nothing was done." in late.text
    assert ways(stale) == ways(late) == [back, ("/", "Back to the desk")]
    assert ways(elsewhere) == [("/", "Back to the desk")]


def ways(page) -> list[tuple[str, str]]:
    """Return the links that an error page offers."""
    return re.findall(r'<a class="button[^"]*" href="([^"]*)">([^<]*)<', page.text.partition("error-links")[2])


def test_signed_out_with_a_clean_form_htmx_is_sent_to_sign_in(client):
    part = client.get_fragment("/1/update", headers={"HX-Current-URL": "http://localhost/1/update?revision=3"})

    assert part.status_code == 401
    assert part.headers["HX-Redirect"] == "/login?next=/1/update?revision%3D3"


def test_signed_out_with_something_typed_htmx_stays(client):
    part = client.get_fragment("/1/update", headers={"X-Form-Dirty": "1"})

    assert part.status_code == 401
    assert "HX-Redirect" not in part.headers
    assert "Your text is still here" in part.text


def test_a_wrong_method_is_said_with_the_right_ones(client):
    answer = client.put("/healthz")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "This address only does something when a form is sent to it" in answer.text


def test_more_than_a_form_may_carry_is_refused_unread(app, cast, enter, write):
    write("zero")
    app.config["MAX_CONTENT_LENGTH"] = 1000

    page = enter(cast.author).send("/1/update", title="T", body="x" * 2000)

    assert page.status_code == 413


def test_a_host_that_is_not_ours_is_refused(app, client):
    app.config["TRUSTED_HOSTS"] = ["desk.example"]

    assert [client.get("/", headers={"Host": host}).status_code for host in ("evil.example", "desk.example")] == [
        400,
        200,
    ]


@pytest.mark.parametrize("host", ["a..b", ".x"])
def test_a_host_that_is_no_host_is_refused_with_the_headers(client, host):
    answer = client.get("/", headers={"Host": host})

    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers


@pytest.fixture
def full(app) -> Iterator[Callable[..., Any]]:
    """`with full():` the disk is: the database may not take a page more than it has."""

    def stop(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1").close()  # no less than there are

    def go_on(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 4294967294").close()

    @contextmanager
    def full() -> Iterator[None]:
        sa.event.listen(db.engine, "checkout", stop)
        yield
        sa.event.remove(db.engine, "checkout", stop)
        sa.event.listen(db.engine, "checkout", go_on)

    yield full
    sa.event.remove(db.engine, "checkout", go_on)


def form_in(page) -> tuple[str, dict[str, str]]:
    """Return where the page's own form sends what, as a browser would that the button is pressed in."""
    form = re.search(r'<form class="error-again" method="post" action="([^"]*)">(.*?)</form>', page.text, re.DOTALL)
    fields = re.findall(r'name="([^"]*)" value="([^"]*)"', form[2])
    body = re.search(r'name="body"[^>]*>\n(.*?)</textarea>', form[2], re.DOTALL)
    return unescape(form[1]), {name: unescape(value) for name, value in [*fields, ("body", body[1])]}


LONG = "words that need room <&> 'quoted' \"twice\"\n" * 2000


def test_a_full_disk_is_said_and_what_was_typed_is_sent_again_when_there_is_room(write, cast, enter, full):
    write("zero")
    browser = enter(cast.author)
    typed = {"title": 'A "new" title', "tags": "a, b", "note": "why", "seen": "0", "save_id": "one"}

    with full():
        page = browser.send("/1/update", body=LONG, **typed)
        looked_at = browser.get("/1/update?revision=0").status_code
    address, fields = form_in(page)
    saved = browser.post(address, data=fields)
    twice = browser.post(address, data=fields)

    assert (page.status_code, page.headers["Retry-After"]) == (507, "5")
    assert "disk is full" in page.text
    assert looked_at == 200
    assert (saved.status_code, twice.status_code) == (303, 303)
    db.session.rollback()
    post = Post.get(1)
    assert [row.body for row in post.versions] == ["zero", LONG]
    assert (post.title, post.tags, post.note) == ('A "new" title', "a, b", "why")
    assert verify.everything() == verify.Report(posts=1, revisions=2, first_bad=None)


def test_a_full_disk_leaves_the_page_of_htmx_alone(write, cast, enter, full):
    write("zero")

    with full():
        part = enter_and_save(enter(cast.author))

    assert part.status_code == 507
    assert (part.headers["X-Fragment"], part.headers["HX-Retarget"]) == ("1", "#alerts")
    assert "disk is full" in part.text


def enter_and_save(browser):
    return browser.send("/1/update", htmx=True, title="T", body=LONG, seen="0")


def test_a_turn_to_write_that_does_not_come_is_answered_with_the_text_kept(write, cast, enter, monkeypatch):
    write("zero")
    browser = enter(cast.author)
    monkeypatch.setattr(engines, "PATIENCE_SECONDS", 0.05)

    with filelock.held(Path(f"{db.engine.url.database}.queue"), seconds=1):
        page = browser.send("/1/update", title="T", body="typed words", seen="0")

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert form_in(page)[1]["body"] == "typed words"
    assert form_in(page)[1]["title"] == "T"


def test_no_password_is_ever_in_a_page(broken, client, app):
    app.view_functions["login.enter"] = access.public(app.view_functions["lose_the_database"])

    page = client.send("/login", email="ada@desk.example", password="the secret of Ada")

    assert page.status_code == 503
    assert "the secret of Ada" not in page.text
