"""The front door."""

import re
from urllib.parse import quote, unquote

import pytest
import sqlalchemy as sa

from tests.browsing import without_tokens
from webapp.database import db, transaction
from webapp.models import LoginAttempt, SignIn
from webapp.operations import passwords, sign_in

pytestmark = [
    pytest.mark.only("sqlite", "operations are tested on both"),
]

PASSWORD = "a fine long sentence"
RIGHT = {"email": "author@desk.example", "password": PASSWORD}
WRONG = RIGHT | {"password": "another fine sentence"}


@pytest.fixture
def ana(app, cast):
    """Return the author, with a password."""
    kept = passwords.hash_of(PASSWORD)
    with transaction():
        cast.author.password_hash = kept
    return cast.author


def set_in(client) -> dict[str, object]:
    with client.session_transaction() as session:
        return dict(session)


def in_or_out(client) -> int:
    return client.get("/account").status_code


def test_the_right_password_opens_the_desk(client, ana):
    assert client.get("/login").status_code == 200
    answer = client.send("/login", **RIGHT)
    assert (answer.status_code, answer.location) == (303, "/")
    assert in_or_out(client) == 200


def test_the_page_has_labelled_fields_that_password_managers_know(client):
    page = client.get("/login").text
    for field in ('<label for="email">Email</label>', '<label for="password">Password</label>'):
        assert field in page
    assert re.search(r'<input[^>]*name="password"[^>]*autocomplete="current-password"', page)
    assert re.search(r'<button[^>]*type="submit">Sign in</button>', page)


def test_the_page_does_not_offer_a_way_to_itself(client):
    assert client.get("/login").text.count("/login") == 1  # where the form goes


def test_a_wrong_password_keeps_the_email_and_never_the_password(client, ana):
    answer = client.send("/login", **WRONG)
    assert answer.status_code == 422
    assert sign_in.REFUSED in answer.text
    assert 'value="author@desk.example"' in answer.text
    assert WRONG["password"] not in answer.text
    assert in_or_out(client) == 303


def test_unknown_wrong_shut_out_and_passwordless_get_the_same_page(client, ana, cast):
    kept = passwords.hash_of(PASSWORD)
    with transaction():
        cast.other.password_hash, cast.other.active = kept, False
    people = ("author@desk.example", "nobody@desk.example", "other@desk.example", "reader@desk.example")
    answers = []
    for email in people:
        password = WRONG["password"] if email == "author@desk.example" else PASSWORD
        answer = client.send("/login", email=email, password=password)
        page = without_tokens(answer.text).replace(email, "…")
        answers.append((answer.status_code, page, sorted(answer.headers.keys())))
    assert answers == [answers[0]] * 4


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "", "password": PASSWORD}, "Type your email."),
        ({"email": "author@desk.example"}, "Type your password."),
        ({}, "Type your email."),
    ],
)
def test_an_empty_field_is_named_and_costs_no_attempt(client, ana, typed, sentence):
    answer = client.send("/login", **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    db.session.rollback()
    assert db.session.scalars(sa.select(LoginAttempt)).all() == []


def test_the_sixth_attempt_is_told_to_wait(client, ana):
    for _ in range(5):
        assert client.send("/login", **WRONG).status_code == 422
    answer = client.send("/login", **RIGHT)
    assert answer.status_code == 429
    assert "Too many attempts. Try again in 15 minutes." in answer.text
    assert 890 < int(answer.headers["Retry-After"]) <= 900
    assert in_or_out(client) == 303


def test_signing_in_begins_a_new_session_with_another_csrf_token(client, ana):
    client.get("/login")
    with client.session_transaction() as session:
        session["left by"] = "somebody else"
    before = set_in(client)
    client.send("/login", **RIGHT)
    client.get("/account")
    after = set_in(client)
    assert set(before) == {"csrf_token", "left by"}
    assert set(after) == {"_fresh", "_id", "_user_id", "csrf_token"}
    assert after["csrf_token"] != before["csrf_token"]


def test_without_its_token_the_form_is_not_accepted(client, ana):
    assert client.post("/login", data=RIGHT).status_code == 400
    client.send("/login", **RIGHT)
    assert client.post("/logout").status_code == 400
    assert in_or_out(client) == 200


@pytest.mark.parametrize("there", ["/1/update?revision=3", "/trash"])
def test_signing_in_leads_to_where_one_was_going(client, ana, there):
    action = re.search(r'action="/login\?next=([^"]+)"', client.get(f"/login?next={quote(there)}").text)[1]
    assert unquote(action) == there
    answer = client.send(f"/login?next={quote(there)}", **RIGHT)
    assert (answer.status_code, answer.location) == (303, there)
    answer = client.get(f"/login?next={quote(there)}")
    assert (answer.status_code, answer.location) == (303, there)


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\n/evil.example/",
        " //evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:/evil.example",
        "/path//evil.example",
        "/\uff0fevil.example",
        "evil.example",
        "",
    ],
)
def test_signing_in_never_leads_elsewhere(client, ana, there):
    assert "evil" not in client.get(f"/login?next={quote(there)}").text
    answer = client.send(f"/login?next={quote(there)}", **RIGHT)
    assert (answer.status_code, answer.location) == (303, "/")
    answer = client.get(f"/login?next={quote(there)}")
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_copied_cookie_is_dead_after_signing_out(client, ana):
    client.send("/login", **RIGHT)
    copy = client.get_cookie("session").value
    answer = client.send("/logout")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get_cookie("session") is None
    assert in_or_out(client) == 303
    client.set_cookie("session", copy)
    assert in_or_out(client) == 303
    db.session.rollback()
    assert db.session.scalars(sa.select(SignIn)).all() == []


def test_signing_out_is_not_a_link(client, ana):
    client.send("/login", **RIGHT)
    assert client.get("/logout").status_code == 405
    assert in_or_out(client) == 200


def test_signing_out_when_one_is_not_in_is_nothing_special(client):
    assert client.send("/logout").status_code == 303


def test_the_cookie_is_for_this_site_only_and_no_script_reads_it(client, ana):
    by_tls = client.get("https://localhost/login").headers["Set-Cookie"]
    plain = client.send("/login", **RIGHT).headers["Set-Cookie"]
    without_value = [cookie.partition("; ")[2] for cookie in (by_tls, plain)]
    assert without_value == ["Secure; HttpOnly; Path=/; SameSite=Lax", "HttpOnly; Path=/; SameSite=Lax"]
