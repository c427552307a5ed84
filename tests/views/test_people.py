"""The people of the desk, for those who look after them."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from webapp.database import db, transaction
from webapp.models import User

pytestmark = [
    pytest.mark.only("sqlite", "operations are tested on both"),
]

NIA = {"name": "Nia New", "email": "new@desk.example", "role": "author", "password": "a fine long sentence"}


@pytest.fixture(autouse=True)
def cheap(app):
    app.config["ARGON2"] = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


@pytest.fixture
def admin(cast, enter):
    """Return the browser of the administrator, who has a password."""
    with transaction():
        cast.admin.password_hash = "any"
    return enter(cast.admin)


def everybody() -> dict[str, tuple[str, bool]]:
    db.session.rollback()
    db.session.expire_all()
    return {user.name: (user.role, user.active) for user in db.session.scalars(sa.select(User))}


def test_an_administrator_sees_everybody(admin):
    page = admin.get("/people")
    assert page.status_code == 200
    links = re.findall(r'<b><a class="post-card-editor" href="(/people/[^"]+)" dir="auto">([^<]+)</a></b>', page.text)
    assert {name for _, name in links} == set(everybody())
    assert [admin.get(address).status_code for address, _ in links] == [200] * len(links)


@pytest.mark.parametrize("who", ["editor", "author", "reader"])
def test_to_others_the_page_does_not_exist(cast, enter, who):
    browser, before = enter(getattr(cast, who)), everybody()
    answers = [
        browser.get("/people"),
        browser.send("/people", **NIA),
        browser.send(f"/people/{cast.other.public_id}", role="admin"),
        browser.send(f"/people/{getattr(cast, who).public_id}", role="admin"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert everybody() == before


def test_signed_out_one_is_asked_to_sign_in(client, cast):
    answer = client.get("/people")
    assert (answer.status_code, answer.location) == (303, "/login?next=/people")
    assert client.send("/people", **NIA).status_code == 401
    assert client.send(f"/people/{cast.other.public_id}", active="0").status_code == 401
    assert everybody()["Otto Other"] == ("author", True)


def test_adding_a_person(admin):
    answer = admin.send("/people", **NIA)
    assert (answer.status_code, answer.location) == (303, "/people")
    assert everybody()["Nia New"] == ("author", True)
    assert "Nia New is here now." in admin.get("/people").text


def test_a_person_may_be_added_without_a_password(admin):
    assert admin.send("/people", **NIA | {"password": ""}).status_code == 303
    db.session.rollback()
    assert User.with_email("new@desk.example").password_hash is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Type their name."),
        ({"email": "nobody"}, "This is not an email address."),
        ({"email": "editor@desk.example"}, "Somebody with this email is here already."),
        ({"password": "short"}, "A password has at least 12 characters"),
        ({"role": "owner"}, "Not a valid choice."),
        ({"role": ""}, "Not a valid choice."),
    ],
)
def test_what_cannot_be_added_is_said_and_what_was_typed_is_kept(admin, wrong, sentence):
    before = everybody()
    answer = admin.send("/people", **NIA | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    kept = (NIA | wrong)["email"]
    assert f'value="{kept}"' in answer.text
    assert everybody() == before


@pytest.mark.parametrize(
    ("sent", "after"),
    [
        ({"role": "editor"}, ("editor", True)),
        ({"active": "0"}, ("author", False)),
        ({"active": "1"}, ("author", True)),
        ({"password": "a fine long sentence"}, ("author", True)),
        ({"role": "reader", "active": "0"}, ("reader", False)),
        ({}, ("author", True)),
    ],
)
def test_changing_a_person(admin, cast, sent, after):
    answer = admin.send(f"/people/{cast.other.public_id}", **sent)
    assert (answer.status_code, answer.location) == (303, "/people")
    assert everybody()["Otto Other"] == after


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"role": "owner"}, "Not a valid choice."),
        ({"active": "maybe"}, "Invalid value, must be one of: 0, 1."),
        ({"password": "short"}, "A password has at least 12 characters"),
        ({"password": "   "}, "A password has at least 12 characters"),
    ],
)
def test_a_change_that_cannot_be_is_said(admin, cast, sent, sentence):
    answer = admin.send(f"/people/{cast.other.public_id}", **sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert everybody()["Otto Other"] == ("author", True)


@pytest.mark.parametrize("sent", [{"role": "editor"}, {"active": "0"}])
def test_the_only_administrator_stays(admin, cast, sent):
    answer = admin.send(f"/people/{cast.admin.public_id}", **sent)
    assert answer.status_code == 422
    assert "Ada Admin is the only administrator. Make somebody else one first." in answer.text
    assert everybody()["Ada Admin"] == ("admin", True)


def test_whoever_is_shut_out_is_out_at_once(admin, cast, enter):
    browser = enter(cast.other)
    assert browser.get("/account").status_code == 200
    admin.send(f"/people/{cast.other.public_id}", active="0")
    assert browser.get("/account").status_code == 303


@pytest.mark.parametrize("unknown", ["nobody", "1", "0" * 20, "%00"])
def test_an_unknown_person_is_not_found(admin, unknown):
    assert admin.send(f"/people/{unknown}", role="admin").status_code == 404


def test_the_list_has_no_other_method(admin):
    assert admin.delete("/people").status_code == 405
    assert admin.send("/people/", **NIA).status_code == 404


def test_the_list_takes_as_many_statements_for_thirty_people_as_for_five(admin):
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    admin.get("/people")
    few = list(statements)
    with transaction() as session:
        session.add_all(User(name=f"P{number}", role="reader") for number in range(30))
    statements.clear()
    admin.get("/people")
    assert statements == few


# ── A person's page ─────────────────────────────────────────────────────────────────────────────


def facts(answer):
    lead = re.search(r'<p class="page-lead">(.*?)</p>', answer.text, re.DOTALL)[1]
    return " ".join(re.sub(r"<[^>]*>", "", lead).split())


def test_a_persons_page_says_what_they_wrote(write, enter, cast):
    write("one two", "one two three")

    page = enter(cast.editor).get(f"/people/{cast.author.public_id}")

    assert facts(page).startswith("2 revisions in 1 post · +3")
    assert page.text.count('class="activity-entry"') == 2


def test_only_administrators_see_the_role(write, enter, cast):
    write("one")

    pages = [enter(person).get(f"/people/{cast.author.public_id}") for person in (cast.admin, cast.editor)]

    assert [facts(page).partition(" ·")[0] for page in pages] == ["Author", "1 revision in 1 post"]


def test_there_is_no_page_of_somebody_of_whom_one_may_see_nothing(write, enter, cast):
    write("one")
    address = f"/people/{cast.author.public_id}"

    seen = {name: enter(person).get(address).status_code for name, person in vars(cast).items()}

    assert seen == {"admin": 200, "editor": 200, "author": 200, "other": 404, "reader": 404}


def test_ones_own_page_is_there_before_the_first_word(enter, cast):
    assert "Nothing yet" in enter(cast.other).get(f"/people/{cast.other.public_id}").text
    assert enter(cast.admin).get(f"/people/{cast.reader.public_id}").status_code == 200
