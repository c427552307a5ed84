"""One's own account."""

import pytest
import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.models import SignIn
from webapp.operations import passwords

pytestmark = [
    pytest.mark.only("sqlite", "operations are tested on both"),
]

OLD, NEW = "a fine long sentence", "another long sentence"


@pytest.fixture
def ana(app, cast):
    """Return the author, with a password."""
    kept = passwords.hash_of(OLD)
    with transaction():
        cast.author.password_hash = kept
    return cast.author


def newest_session(user) -> int:
    return db.session.scalar(sa.select(sa.func.max(SignIn.id)).where(SignIn.user_id == user.id))


def test_one_sees_where_one_is_signed_in(ana, cast, enter):
    browser, _, _ = enter(ana), enter(ana), enter(cast.editor)
    page = browser.get("/account")
    assert page.status_code == 200
    assert page.text.count("<b>A browser</b>") == 2
    assert page.text.count("This one") == 1


@pytest.mark.parametrize("who", ["admin", "reader"])
def test_everybody_has_an_account(cast, enter, who):
    assert enter(getattr(cast, who)).get("/account").status_code == 200


def test_signed_out_one_is_asked_to_sign_in(client, ana):
    answer = client.get("/account")
    assert (answer.status_code, answer.location) == (303, "/login?next=/account")
    assert client.send("/account/password", current=OLD, password=NEW).status_code == 401
    assert client.send("/account/sessions/1/end").status_code == 401


def test_a_new_password_keeps_this_browser_and_signs_the_others_out(client, ana, enter):
    here, elsewhere = enter(ana), enter(ana)
    answer = here.send("/account/password", current=OLD, password=NEW)
    assert (answer.status_code, answer.location) == (303, "/account")
    assert "Your password is changed" in here.get("/account").text
    assert elsewhere.get("/account").status_code == 303
    for password, status in ((OLD, 422), (NEW, 303)):
        sent = {"email": "author@desk.example", "password": password}
        assert client.send("/login", **sent).status_code == status


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"current": "wrong", "password": NEW}, "This is not your current password."),
        ({"current": OLD, "password": "short"}, "A password has at least 12 characters"),
        ({"current": OLD}, "Choose a new password."),
        ({"password": NEW}, "Type your current password."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_signed_out(ana, enter, sent, sentence):
    here, elsewhere = enter(ana), enter(ana)
    answer = here.send("/account/password", **sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert elsewhere.get("/account").status_code == 200


def test_guessing_the_current_password_is_slowed_down(ana, enter):
    browser = enter(ana)
    sent = {"current": "wrong", "password": NEW}
    assert [browser.send("/account/password", **sent).status_code for _ in range(6)] == [422] * 5 + [429]


def test_one_ends_a_session_elsewhere(ana, enter):
    here, elsewhere = enter(ana), enter(ana)
    answer = here.send(f"/account/sessions/{newest_session(ana)}/end")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert (here.get("/account").status_code, elsewhere.get("/account").status_code) == (200, 303)


def test_ending_the_session_that_one_is_in_signs_out(ana, enter):
    here = enter(ana)
    here.send(f"/account/sessions/{newest_session(ana)}/end")
    assert here.get("/account").status_code == 303


def test_nobody_ends_the_session_of_somebody_else(ana, cast, enter):
    theirs, admin = enter(ana), enter(cast.admin)
    assert admin.send(f"/account/sessions/{newest_session(ana)}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


@pytest.mark.parametrize("unknown", ["0", "999999", "99999999999999999999", "-1", "x"])
def test_an_unknown_session_is_not_found(ana, enter, unknown):
    assert enter(ana).send(f"/account/sessions/{unknown}/end").status_code == 404


def test_nothing_is_changed_by_a_link(ana, enter):
    browser = enter(ana)
    for address in ("/account/password", f"/account/sessions/{newest_session(ana)}/end"):
        assert browser.get(address).status_code == 405
