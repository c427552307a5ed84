"""The page that makes the first administrator."""

from datetime import timedelta

import pytest

from webapp import clock
from webapp.database import db
from webapp.models import User
from webapp.operations import setup

pytestmark = [
    pytest.mark.only("sqlite", "operations are tested on both"),
]

WHO = {"email": "ada@desk.example", "name": "Ada", "password": "a fine long sentence"}


@pytest.fixture
def link(app) -> str:
    """Return the address that the server prints."""
    return setup.link("")


def test_the_link_makes_an_administrator_who_is_signed_in(client, link):
    assert client.get(link).status_code == 200
    answer = client.send(link, **WHO)
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/people").status_code == 200
    db.session.rollback()
    assert User.with_email("ada@desk.example").role == "admin"


def test_afterwards_the_page_does_not_exist_and_says_so_to_whoever_has_the_link(client, link):
    client.send(link, **WHO)
    assert "This desk has its administrator already. Sign in, or ask them for an account." in client.get(link).text
    assert "administrator" not in client.get("/setup?token=wrong").text
    for _ in ("signed in", "signed out"):
        assert client.get(link).status_code == 404
        assert client.send(link, **WHO | {"email": "eve@desk.example"}).status_code == 404
        client.send("/logout")
    db.session.rollback()
    assert User.with_email("eve@desk.example") is None


@pytest.mark.parametrize("address", ["/setup", "/setup?token=", "/setup?token=wrong"])
def test_without_its_token_the_page_does_not_exist(client, link, address):
    assert client.get(address).status_code == 404
    assert client.send(address, **WHO).status_code == 404
    db.session.rollback()
    assert User.with_email("ada@desk.example") is None


def test_after_half_an_hour_the_link_says_that_it_has_ended(client, app):
    with app.app_context():
        late = setup.link("", at=clock.now() - timedelta(minutes=31))

    answer = client.send(late, **WHO)

    assert (answer.status_code, client.get(late).status_code) == (404, 404)
    assert "This link has worked for half an hour." in answer.text
    assert '<a class="button" href="/login">Sign in</a>' in answer.text
    db.session.rollback()
    assert User.with_email("ada@desk.example") is None


def test_guessing_tokens_is_slowed_down(client, link):
    statuses = [client.send("/setup?token=wrong", **WHO).status_code for _ in range(6)]
    assert statuses == [404] * 5 + [429]
    assert client.send(link, **WHO).status_code == 303


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, link):
    answer = client.send(link, **WHO | {"password": "short"})
    assert answer.status_code == 422
    assert "A password has at least 12 characters" in answer.text
    assert 'value="Ada"' in answer.text
    assert 'value="ada@desk.example"' in answer.text
    assert 'value="short"' not in answer.text


def test_an_empty_form_names_every_field(client, link):
    answer = client.send(link)
    assert answer.status_code == 422
    for sentence in ("This is not an email address.", "A person needs a name that can be written."):
        assert sentence in answer.text


def test_it_is_no_page_for_other_methods(client, link):
    assert client.put(link).status_code == 405
