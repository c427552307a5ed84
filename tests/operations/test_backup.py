"""Copies of the whole desk: what is in them, what they never replace, and the way back."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, current_app
from flask_migrate import downgrade

from tests import databases
from webapp import dumps, schema
from webapp.database import db
from webapp.errors import Invalid
from webapp.history import verify
from webapp.models import Event, Post, SignIn, User
from webapp.operations import backup, posts
from webapp.operations.backup import Checked

CHECKED = {"sqlite": Checked.OPENED, "postgresql": Checked.RESTORED}


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, of the server's version."""
    monkeypatch.setenv("PATH", f"{databases.PROGRAMS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def nowhere(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.URL]:
    """The address of a database of the same kind that holds nothing at all."""
    with ExitStack() as stack:
        if backend == "sqlite":
            yield sa.URL.create("sqlite", database=str(tmp_path / "empty.sqlite3"))
        else:
            owner = request.getfixturevalue("postgresql")
            yield sa.make_url(stack.enter_context(databases.empty(owner)))


@contextmanager
def at(url: sa.URL) -> Iterator[None]:
    """Be at another desk, with this one's settings."""
    limit = current_app.config["MAX_BODY_BYTES"]
    with schema.elsewhere(url):
        current_app.config["MAX_BODY_BYTES"] = limit
        yield


def texts(post_id: int = 1) -> list[str]:
    return [row.body for row in Post.get(post_id).versions]


def test_a_backup_holds_what_the_desk_holds_and_comes_back(backend, write, enter, cast, tmp_path, nowhere):
    enter(cast.editor)
    write("one", "two", "thrée\n🦉")
    write("another")
    file = tmp_path / "desk.bak"

    made = backup.take(file)
    with at(nowhere):
        report = backup.restore(file)

        assert report == made.report == verify.Report(posts=2, revisions=4, first_bad=None)
        assert texts() == ["one", "two", "thrée\n🦉"]
        assert db.session.scalars(sa.select(User.email).order_by(User.id)).all()[0] == "admin@desk.example"
        assert db.session.scalars(sa.select(SignIn)).all() == []
        assert db.session.scalars(sa.select(Event.verb).order_by(Event.id)).all()[-1] == "restore backup"
        author = db.session.get_one(User, cast.author.id)
        posts.write(Post.get(1), title="T", body="four", tags="", note="", seen=2, by=author)
        assert verify.everything().ok

    assert (made.file, made.size_bytes, made.checked) == (file, file.stat().st_size, CHECKED[backend])
    assert db.session.scalars(sa.select(SignIn)).all() != []


def test_a_backup_is_one_file_that_only_its_owner_reads(write, tmp_path):
    write("one")
    room = tmp_path / "backups"
    room.mkdir()

    backup.take(room / "desk.bak")

    assert [(path.name, path.stat().st_mode & 0o777) for path in room.iterdir()] == [("desk.bak", 0o600)]


@pytest.mark.only("sqlite", "the file is made and named alike")
def test_a_file_that_is_there_is_replaced_only_when_that_is_said(write, tmp_path):
    write("one")
    file = tmp_path / "desk.bak"
    file.write_text("precious")

    with pytest.raises(Invalid, match="is there already"):
        backup.take(file)
    assert file.read_text() == "precious"

    backup.take(file, force=True)
    assert dumps.kind_of(file) == "sqlite"


@pytest.mark.only("sqlite", "PostgreSQL's files are its server's business")
@pytest.mark.parametrize("end", ["", "-wal", "-shm", ".queue"])
def test_the_desk_itself_is_never_replaced(write, tmp_path, end):
    write("one")
    desk = Path(db.engine.url.database)
    (tmp_path / "link").symlink_to(desk.parent)

    with pytest.raises(Invalid, match="is the desk itself"):
        backup.take(tmp_path / "link" / f"{desk.name}{end}", force=True)


@pytest.mark.only("sqlite", "PostgreSQL says itself that it has no such database")
def test_there_is_nothing_to_copy_where_there_is_no_desk(app, tmp_path, nowhere):
    with at(nowhere), pytest.raises(Invalid, match="There is no desk to copy"):
        backup.take(tmp_path / "desk.bak")

    assert not Path(str(nowhere.database)).exists()


def test_a_copy_that_does_not_hold_replaces_nothing(write, tamper, tmp_path):
    write("one", "two")
    file = tmp_path / "desk.bak"
    good = backup.take(file)
    tamper("UPDATE post_version SET title = 'forged' WHERE revision = 1")

    made = backup.take(file, force=True)

    assert made.file == tmp_path / "desk.bak.doubtful"
    assert made.report == verify.Report(
        posts=1, revisions=1, first_bad=verify.Fault(1, 1, "its title, tags, note or text were changed")
    )
    assert file.stat().st_size == good.size_bytes
    assert not made.ok
    assert good.ok


def test_what_was_forged_comes_back_and_is_said(write, tamper, tmp_path, nowhere):
    write("one", "two")
    tamper("UPDATE post_version SET title = 'forged' WHERE revision = 1")
    doubtful = backup.take(tmp_path / "desk.bak").file

    with at(nowhere):
        assert backup.restore(doubtful).first_bad == verify.Fault(1, 1, "its title, tags, note or text were changed")
        assert texts() == ["one", "two"]


def test_a_desk_of_an_earlier_stet_is_copied_as_it_is_and_comes_back_as_a_new_one(write, backend, tmp_path, nowhere):
    write("one", "two")
    backup.take(tmp_path / "new.bak")
    with at(nowhere):
        backup.restore(tmp_path / "new.bak")
        db.session.rollback()  # PostgreSQL takes no table away that somebody has just read
        downgrade(revision="0002")

        made = backup.take(tmp_path / "old.bak")

        assert dumps.migration(tmp_path / "old.bak", dumps.Kind(backend)) == "0002"
        assert made.report == verify.Report(posts=1, revisions=2, first_bad=None)
        assert schema.migration() == "0002"
        schema.take_down()
        assert backup.restore(tmp_path / "old.bak") == made.report
        assert schema.is_current()


def test_a_desk_with_tables_and_nothing_in_them_is_a_place_to_restore_into(write, tmp_path, nowhere):
    write("one")
    backup.take(tmp_path / "desk.bak")

    with at(nowhere):
        schema.bring_up_to_date()
        assert backup.restore(tmp_path / "desk.bak").ok
        assert texts() == ["one"]


def test_a_desk_that_somebody_has_is_never_replaced(write, tmp_path):
    write("one")
    backup.take(tmp_path / "desk.bak")
    write("two", post=Post.get(1))

    with pytest.raises(Invalid, match="There is a desk here already"):
        backup.restore(tmp_path / "desk.bak")

    assert texts() == ["one", "two"]


def test_a_backup_that_is_cut_off_changes_nothing(write, tmp_path, nowhere):
    write(*(os.urandom(8000).hex() for _ in range(4)))
    file = tmp_path / "desk.bak"
    backup.take(file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])

    with at(nowhere):
        with pytest.raises(Invalid, match="is damaged"):
            backup.restore(file)
        assert sa.inspect(db.engine).get_table_names() == []


@pytest.mark.parametrize("content", [b"", b"scribbles", None])
@pytest.mark.only("sqlite", "nothing is restored")
def test_what_is_no_backup_is_refused(app, tmp_path, nowhere, content):
    file = tmp_path / "desk.bak"
    if content is not None:
        file.write_bytes(content)

    with at(nowhere), pytest.raises(dumps.DumpFailed):
        backup.restore(file)


@pytest.mark.only("sqlite", "one of each kind is enough")
def test_a_backup_of_another_kind_of_database_is_refused(app, tmp_path):
    file = tmp_path / "desk.bak"
    file.write_bytes(b"PGDMP and so on")

    with pytest.raises(Invalid, match="is a backup of postgresql, and DATABASE_URL names sqlite"):
        backup.restore(file)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "is from a newer Stet than this one"),
        ("DROP TABLE alembic_version", "is not a backup of Stet"),
    ],
)
def test_a_backup_that_this_stet_does_not_understand_is_refused(write, backend, tmp_path, nowhere, change, says):
    write("one")
    backup.take(tmp_path / "desk.bak")
    with at(nowhere):
        backup.restore(tmp_path / "desk.bak")
        with db.engine.begin() as connection:
            connection.execute(sa.text(change))
        (tmp_path / "strange.bak").touch()
        dumps.write(db.engine, tmp_path / "strange.bak")

        with pytest.raises(Invalid, match=says):
            backup.restore(tmp_path / "strange.bak")


@pytest.mark.only("postgresql", "a role of it may be without the right")
def test_without_the_right_to_make_a_database_the_copy_is_only_read(write, database_url, tmp_path):
    write("one")
    with db.engine.begin() as connection:
        connection.execute(sa.text("DROP ROLE IF EXISTS small"))
        connection.execute(sa.text("CREATE ROLE small LOGIN PASSWORD 'p@ss' IN ROLE pg_read_all_data"))

    with at(sa.make_url(database_url).set(username="small", password="p@ss")):
        made = backup.take(tmp_path / "desk.bak")

    assert (made.checked, made.report, made.ok) == (Checked.READ, None, True)


@pytest.mark.only("postgresql", "SQLite has no server to leave something on")
def test_nothing_is_left_on_the_server(write, tmp_path):
    write("one")
    query = sa.text("SELECT count(*) FROM pg_database WHERE datname LIKE 'stet_check_%'")

    backup.take(tmp_path / "desk.bak")

    assert db.session.scalar(query) == 0


def test_no_acknowledged_save_is_missing_from_a_backup_taken_while_people_write(
    app: Flask, backend: str, write: Callable[..., Post], tmp_path: Path
) -> None:
    backups = {"sqlite": 8, "postgresql": 3}[backend]
    writers = [write("0").id for _ in range(2)]
    acknowledged = dict.fromkeys(writers, 0)
    author_id = Post.get(1).author_id
    enough = threading.Event()

    def keep_writing(post_id: int) -> None:
        with app.app_context():
            by = db.session.get_one(User, author_id)
            while not enough.wait(0.005):
                number = acknowledged[post_id] + 1
                words = {"title": "T", "body": str(number), "tags": "", "note": ""}
                posts.write(Post.get(post_id), **words, seen=number - 1, by=by)
                acknowledged[post_id] = number

    threads = [threading.Thread(target=keep_writing, args=(post_id,)) for post_id in writers]
    for thread in threads:
        thread.start()
    try:
        missing, before = [], {}
        for number in range(backups):
            before, file = dict(acknowledged), tmp_path / f"{number}.bak"
            report = backup.take(file).report
            assert report is not None
            assert report.ok
            if report.revisions < sum(before.values()) + len(writers):
                missing.append((number, before))
    finally:
        enough.set()
        for thread in threads:
            thread.join()

    assert missing == []
    assert min(before.values()) > 0
