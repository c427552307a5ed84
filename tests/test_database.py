"""The session, versioning, and the one way to write."""

import sys
import threading

import pytest
import sqlalchemy as sa

from webapp.database import (
    db,
    transaction,
    transaction_class,
    version_class,
)
from webapp.errors import Missing
from webapp.models import Post, User
from webapp.operations import posts
from webapp.pure.roles import Role


def names() -> list[str]:
    """The people that another connection sees."""
    with db.engine.connect() as connection:
        return list(connection.scalars(sa.select(User.name).order_by(User.id)))


def somebody(name: str) -> User:
    return User(name=name, role=Role.READER)


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────


def test_a_transaction_is_there_when_it_ends_and_not_before(app):
    with transaction() as session:
        session.add(somebody("Ann"))
        session.flush()
        assert names() == []

    assert names() == ["Ann"]


def test_an_error_takes_all_of_it_back(app):
    with pytest.raises(Missing), transaction() as session:
        session.add(somebody("Ann"))
        session.flush()
        raise Missing

    assert names() == []


def test_an_inner_transaction_joins_the_outer_one(app):
    with pytest.raises(Missing), transaction() as session:
        with transaction() as inner:
            inner.add(somebody("Ann"))
        assert inner is session
        raise Missing

    assert names() == []


def test_an_error_in_an_inner_transaction_takes_the_outer_one_back(app):
    with pytest.raises(Missing), transaction() as session:
        session.add(somebody("Ann"))
        with transaction():
            raise Missing

    assert names() == []


def test_after_an_error_one_can_write_again(app):
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add_all([User(name="Ann", role="reader", email="a@b"), User(name="Bob", role="reader", email="a@b")])

    with transaction() as session:
        session.add(somebody("Cy"))

    assert names() == ["Cy"]


def test_a_function_can_be_a_transaction_each_time_it_is_called(app):
    @transaction()
    def add(name: str) -> str:
        db.session.add(somebody(name))
        return name.upper()

    assert [add("Ann"), add("Bob")] == ["ANN", "BOB"]
    assert names() == ["Ann", "Bob"]


@pytest.mark.only("postgresql", "SQLite has no connection that could be cut")
def test_a_session_whose_database_went_away_is_let_go_of(app):
    pid = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    db.session.remove()

    assert db.session.scalar(sa.text("SELECT pg_backend_pid()")) != pid


@pytest.mark.parametrize("how", ["new", "dirty", "deleted"])
def test_what_was_changed_outside_is_refused(app, how):
    with transaction() as session:
        session.add(somebody("Ann"))
    ann = db.session.scalars(sa.select(User)).one()
    if how == "new":
        db.session.add(somebody("Bob"))
    elif how == "dirty":
        ann.name = "Eve"
    else:
        db.session.delete(ann)

    with pytest.raises(RuntimeError), transaction():
        pass

    db.session.rollback()
    assert names() == ["Ann"]


def test_what_was_read_before_is_read_anew(app):
    with transaction() as session:
        session.add(somebody("Ann"))
    ann = db.session.scalars(sa.select(User)).one()
    assert ann.name == "Ann"
    with db.engine.begin() as connection:
        connection.execute(sa.update(User.__table__).values(name="Anna"))
    assert ann.name == "Ann"

    with transaction():
        assert ann.name == "Anna"


@pytest.mark.only("sqlite", "PostgreSQL locks rows, as the operations ask for it")
def test_one_writes_at_a_time_from_the_first_statement_on(app):
    inside, order = threading.Event(), []

    def second() -> None:
        with app.app_context():
            inside.wait()
            with transaction():
                order.append("second")

    other = threading.Thread(target=second)
    other.start()
    with transaction():
        inside.set()
        other.join(timeout=0.2)
        order.append("first")
    other.join()

    assert order == ["first", "second"]


def test_who_acts_is_forgotten_after_the_transaction(write, cast):
    with transaction(by_id=cast.editor.id):
        pass
    write("one", by=cast.author)

    assert db.session.scalars(sa.select(transaction_class().user_id)).all() == [cast.author.id]


# ── Versioning ──────────────────────────────────────────────────────────────────────────────────


def test_the_version_table_copies_no_default_and_keeps_none(write):
    write("one")
    table = version_class(Post).__table__

    assert {column.name for column in table.c if column.default or column.server_default or column.onupdate} == set()
    assert db.session.execute(sa.select(table.c.source_revision)).scalars().all() == [None]


def test_revisions_are_found_by_number_by_editor_and_by_transaction(app):
    indexes = sa.inspect(db.engine).get_indexes("post_version")

    assert sorted((index["column_names"], bool(index["unique"])) for index in indexes) == [
        (["id", "editor_id", "revision"], False),
        (["id", "revision"], True),
        (["transaction_id"], False),
    ]


@pytest.mark.only("sqlite", "PostgreSQL's sequences never go back")
def test_no_number_of_a_post_or_transaction_is_used_twice(app):
    query = sa.text("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")

    assert {"post", "transaction", "user", "stored_text", "event"} <= set(db.session.scalars(query))


@pytest.mark.only("postgresql", "on SQLite the writers wait for each other before Continuum is asked")
def test_many_threads_that_save_at_once_all_commit(app, write, cast):
    """Continuum's own books are shared by all threads, and fail after the commit (its issue 390)."""
    threads, times = 12, 12
    ids, author_id = [write("first").id for _ in range(threads)], cast.author.id
    failed: list[BaseException] = []

    def save(post_id: int) -> None:
        with app.app_context():
            try:
                for number in range(times):
                    by = db.session.get(User, author_id)
                    whole = {"title": "T", "body": f"{post_id} {number}", "tags": "", "note": ""}
                    posts.write(Post.get(post_id), **whole, seen=number, by=by)
            except BaseException as error:  # noqa: BLE001  whatever it is, the test says it
                failed.append(error)

    db.session.remove()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        workers = [threading.Thread(target=save, args=(post_id,)) for post_id in ids]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    finally:
        sys.setswitchinterval(before)

    assert failed == []
    assert [Post.get(post_id).revision for post_id in ids] == [times] * threads
