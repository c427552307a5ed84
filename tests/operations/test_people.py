"""Adding people, changing what they may do, shutting them out."""

import threading

import pytest
import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.errors import Invalid, NotAllowed
from webapp.history.sign_in import user_of
from webapp.models import OPERATOR, Event, User
from webapp.operations import passwords, people, sign_in
from webapp.pure.roles import Role

sqlite_is_enough = pytest.mark.only("sqlite", "these statements are the same on both")

PASSWORD = "a fine long sentence"
WHO = {"email": "new@desk.example", "name": "Nia New", "role": Role.AUTHOR, "password": PASSWORD}


@pytest.fixture(autouse=True)
def cheap(app):
    app.config["ARGON2"] = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


def with_passwords(*users: User) -> None:
    with transaction():
        for user in users:
            user.password_hash = "any"


def events() -> list[tuple[str, int | None, str | None]]:
    return [
        (event.verb, event.by_id, event.detail) for event in db.session.scalars(sa.select(Event).order_by(Event.id))
    ]


def test_an_administrator_adds_a_person_who_can_sign_in(cast):
    user = people.add(**WHO, by=cast.admin)
    assert (user.email, user.name, user.role, user.active) == ("new@desk.example", "Nia New", "author", True)
    assert user_of(sign_in.with_password("new@desk.example", PASSWORD, address="", user_agent="")) is user
    assert events()[0] == ("add person", cast.admin.id, f"{user.public_id} author")


@sqlite_is_enough
def test_the_operator_adds_a_person_without_a_password(app):
    user = people.add(**WHO | {"password": None}, by=OPERATOR)
    assert user.password_hash is None
    assert events() == [("add person", None, f"{user.public_id} author")]


@sqlite_is_enough
@pytest.mark.parametrize("who", ["editor", "author", "reader"])
def test_nobody_else_adds_or_changes_people(cast, who):
    by = getattr(cast, who)
    with pytest.raises(NotAllowed):
        people.add(**WHO, by=by)
    for change in ({"role": Role.ADMIN}, {"active": False}, {"password": PASSWORD}):
        with pytest.raises(NotAllowed):
            people.change(cast.other, **change, by=by)
    assert (cast.other.role, cast.other.active, cast.other.password_hash) == ("author", True, None)
    assert events() == []


@sqlite_is_enough
def test_an_administrator_who_was_shut_out_changes_nobody(cast):
    with transaction():
        cast.admin.active = False
    with pytest.raises(NotAllowed):
        people.change(cast.other, role=Role.ADMIN, by=cast.admin)


def test_an_email_belongs_to_one_person(cast):
    with pytest.raises(Invalid) as refused:
        people.add(**WHO | {"email": " EDITOR@desk.example"}, by=cast.admin)
    assert refused.value.fields == {"email": "Somebody with this email is here already."}


@sqlite_is_enough
@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"email": "nobody"}, ["email"]),
        ({"name": " "}, ["name"]),
        ({"email": "", "name": ""}, ["email", "name"]),
        ({"password": "short"}, ["password"]),
        ({"password": ""}, ["password"]),
        ({"password": "nia is my name"}, None),
        ({"name": "Niamh New", "password": "niamh is my name"}, ["password"]),
    ],
)
def test_what_cannot_be_stored_is_named_and_nothing_is_written(cast, wrong, fields):
    if fields is None:
        people.add(**WHO | wrong, by=cast.admin)
        return
    with pytest.raises(Invalid) as refused:
        people.add(**WHO | wrong, by=cast.admin)
    assert list(refused.value.fields) == fields
    assert User.with_email("new@desk.example") is None


CHANGES = [
    ({"role": Role.EDITOR}, ["change role"]),
    ({"active": False}, ["deactivate"]),
    ({"password": PASSWORD}, ["set password"]),
    ({"role": Role.READER, "active": False, "password": PASSWORD}, ["change role", "deactivate", "set password"]),
]


@pytest.mark.parametrize(("change", "verbs"), CHANGES)
def test_every_change_ends_the_sessions_of_that_person(cast, change, verbs):
    theirs = [sign_in.start(cast.author, user_agent="") for _ in range(2)]
    other = sign_in.start(cast.editor, user_agent="")
    people.change(cast.author, **change, by=cast.admin)
    assert [user_of(token) for token in (*theirs, other)] == [None, None, cast.editor]
    assert [verb for verb, by_id, _ in events() if by_id == cast.admin.id] == verbs


@sqlite_is_enough
def test_a_change_of_role_is_logged_with_both_roles(cast):
    people.change(cast.author, role=Role.EDITOR, by=OPERATOR)
    assert cast.author.role == "editor"
    assert events() == [("change role", None, f"{cast.author.public_id} author → editor")]


@sqlite_is_enough
def test_what_is_so_already_changes_nothing(cast):
    token = sign_in.start(cast.author, user_agent="")
    people.change(cast.author, role=Role.AUTHOR, active=True, by=cast.admin)
    assert user_of(token) is cast.author
    assert [verb for verb, _, _ in events()] == ["sign-in"]


@sqlite_is_enough
def test_whoever_was_shut_out_is_let_in_again(cast):
    people.change(cast.author, active=False, by=cast.admin)
    people.change(cast.author, active=True, password=PASSWORD, by=cast.admin)
    assert user_of(sign_in.with_password("author@desk.example", PASSWORD, address="", user_agent="")) is cast.author


@sqlite_is_enough
def test_a_new_password_follows_the_rules(cast):
    with pytest.raises(Invalid) as refused:
        people.change(cast.author, role=Role.EDITOR, password="ruiz ruiz ana", by=cast.admin)
    assert list(refused.value.fields) == ["password"]
    assert cast.author.role == "author"


@sqlite_is_enough
@pytest.mark.parametrize(
    ("change", "field"),
    [({"role": Role.EDITOR}, "role"), ({"active": False}, "active"), ({"role": Role.READER, "active": False}, "role")],
)
def test_the_only_administrator_stays(cast, change, field):
    with_passwords(cast.admin, cast.editor)
    for by in (cast.admin, OPERATOR):
        with pytest.raises(Invalid) as refused:
            people.change(cast.admin, **change, by=by)
        assert refused.value.fields == {field: "Ada Admin is the only administrator. Make somebody else one first."}
    assert (cast.admin.role, cast.admin.active) == ("admin", True)


@sqlite_is_enough
def test_one_of_two_administrators_may_go_but_one_who_cannot_sign_in_does_not_count(cast):
    with_passwords(cast.admin)
    people.change(cast.editor, role=Role.ADMIN, by=cast.admin)
    with pytest.raises(Invalid):
        people.change(cast.admin, active=False, by=cast.admin)
    with_passwords(cast.editor)
    people.change(cast.admin, active=False, by=cast.admin)
    assert cast.admin.active is False


def test_two_administrators_who_shut_each_other_out_at_once_leave_one(app, cast):
    people.change(cast.editor, role=Role.ADMIN, by=OPERATOR)
    with_passwords(cast.admin, cast.editor)
    ids, done = (cast.admin.id, cast.editor.id), []
    db.session.rollback()

    def shut_out(by_id: int, other_id: int) -> None:
        with app.app_context():
            by, other = (db.session.get_one(User, number) for number in (by_id, other_id))
            try:
                people.change(other, active=False, by=by)
                done.append("done")
            except (Invalid, NotAllowed):
                done.append("refused")

    threads = [threading.Thread(target=shut_out, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    assert sorted(done) == ["done", "refused"]
    assert sorted((cast.admin.active, cast.editor.active)) == [False, True]


@sqlite_is_enough
def test_the_password_is_kept_as_a_hash_only(cast):
    people.change(cast.author, password=PASSWORD, by=cast.admin)
    assert passwords.matches(cast.author.password_hash, PASSWORD) is True
    assert PASSWORD not in repr([*events(), cast.author.password_hash])
