"""Refusals and faults: status, words and place."""

import pytest
import sqlalchemy as sa

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
    assert "secret" not in page.text
    assert "The log calls it" in page.text


def test_a_lost_database_is_said_as_something_that_passes(broken, client):
    page = client.get("/no-database")

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "SELECT" not in page.text


@pytest.mark.parametrize("address", ["/broken", "/no-database", "/nowhere"])
def test_htmx_gets_an_alert_that_leaves_the_page_alone(broken, client, address):
    part = client.get_fragment(address)

    told = {name: part.headers[name] for name in ("X-Fragment", "HX-Retarget", "HX-Reswap", "HX-Push-Url")}
    assert told == {"X-Fragment": "1", "HX-Retarget": "#alerts", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
    assert "<html" not in part.text


def test_a_form_without_its_token_keeps_what_was_typed(write, cast, enter):
    write("zero")

    page = enter(cast.author).post("/1/update", data={"title": "T", "body": "typed words"})

    assert page.status_code == 400
    assert "typed words" in page.text


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
