"""Migrations make what the models describe, both ways, and the database itself keeps the past as it was."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from tests import databases
from tests.databases import refusal
from webapp import create_app
from webapp.config import Config
from webapp.database import db, transaction_class, version_class
from webapp.models import Erasure, Event, Post, Publication, User
from webapp.operations import publication

Write = Callable[..., Post]
Row = sa.Row[Any]

REVISION: sa.Table = version_class(Post).__table__
FROZEN: tuple[sa.Table, ...] = (
    REVISION,
    transaction_class().__table__,
    Event.__table__,
    Publication.__table__,
)
# Continuum's model asks the sequence `transaction_id_seq` in its INSERT; after the migration the column asks it itself.
DIFFERENT = {("postgresql", "transaction", "id")}
BLANK = {"title": "", "tags": "", "note": "", "summary": None, "salt": None, "text_id": None}


@pytest.fixture
def bare(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own without any table, inside its context."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'bare.sqlite3'}"
        if backend == "postgresql":
            url = stack.enter_context(databases.empty(request.getfixturevalue("postgresql")))
        app = create_app(Config(data=tmp_path, database_url=url, secret_key="for tests only"))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def test_migrations_and_models_agree(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_schemas": False}
        )

        assert compare_metadata(context, db.metadata) == []


def test_migrations_make_the_very_tables_that_the_models_would(bare: Flask) -> None:
    upgrade()
    migrated = tables()
    downgrade(revision="base")
    db.metadata.create_all(db.engine)

    assert migrated == tables()


def test_up_from_nothing_down_to_nothing_and_up_again(bare: Flask) -> None:
    upgrade()
    before = everything()

    downgrade(revision="base")
    left = everything()
    upgrade()

    assert left == {("table", "alembic_version")}
    assert everything() == before


def test_a_revision_is_never_changed_or_deleted(app: Flask, write: Write) -> None:
    post = write("one", "two")
    publication.publish(post, revision=0, by=db.session.get_one(User, post.author_id))

    refused = {
        (table.name, verb): refusal(statement)
        for table in FROZEN
        for verb, statement in (("update", untouched(table)), ("delete", sa.delete(table)))
    }

    assert refused == {
        (table.name, verb): f"{table.name} is append-only" for table in FROZEN for verb in ("update", "delete")
    }


@pytest.mark.only("postgresql", "SQLite has no TRUNCATE, and its DELETE of all rows asks the trigger for each")
def test_no_table_of_the_past_is_emptied_at_once(app: Flask, write: Write) -> None:
    write("one")
    db.session.rollback()  # TRUNCATE waits for everybody who has read the table
    tables = ["post", "post_version", "transaction", "event", "publication", "erasure", "label"]
    tables += ["draft", "draft_text", "draft_version", "side", "revision_source"]

    refused = {table: refusal(sa.text(f'TRUNCATE "{table}" CASCADE')) for table in tables}

    # CASCADE takes along what refers to it, and whichever comes first refuses for all.
    assert all(said is not None and said.endswith(" is append-only") for said in refused.values())
    assert len(revisions()) == 1


@pytest.mark.only("sqlite", "PostgreSQL has no REPLACE")
@pytest.mark.parametrize("key", ["revision", "transaction_id"])
def test_a_revision_is_not_replaced_by_either_of_its_keys(app: Flask, write: Write, key: str) -> None:
    write("one")
    row = db.session.execute(sa.text("SELECT * FROM post_version")).mappings().one()
    another = dict(row) | {name: row[name] + 1 for name in ("revision", "transaction_id") if name != key}
    columns, values = ", ".join(another), ", ".join(f":{name}" for name in another)

    assert refusal(sa.text(f"REPLACE INTO post_version ({columns}) VALUES ({values})").bindparams(**another)) == (
        "post_version is append-only"
    )
    assert len(revisions()) == 1


def test_a_post_is_never_deleted(app: Flask, write: Write) -> None:
    write("one")

    assert refusal(sa.delete(Post)) == "post is append-only"


def test_a_revision_is_blanked_when_an_erasure_bears_witness_to_it(app: Flask, write: Write) -> None:
    post = write("one", "two", "three")
    witness(post, revision=1)

    assert refusal(blank(1)) is None
    assert [row.title for row in revisions()] == ["A post", "", "A post"]


def test_a_revision_without_a_witness_is_not_blanked(app: Flask, write: Write) -> None:
    post = write("one", "two", "three")
    witness(post, revision=1)

    assert refusal(blank(0)) == "post_version is append-only"
    assert refusal(blank(2)) == "post_version is append-only"
    assert refusal(sa.update(REVISION).values(BLANK)) == "post_version is append-only"


def test_an_erasure_leaves_no_other_words_behind(app: Flask, write: Write) -> None:
    witness(write("one", "two"), revision=0)

    refused = {column: refusal(blank(0, **{column: other(revisions()[0], column)})) for column in BLANK}

    assert refused == dict.fromkeys(BLANK, "post_version is append-only")


def test_an_erasure_changes_no_fact_and_no_hash(app: Flask, write: Write) -> None:
    witness(write("one", "two"), revision=0)
    facts = [column.name for column in REVISION.columns if column.name not in BLANK]

    refused = {column: refusal(blank(0, **{column: other(revisions()[0], column)})) for column in facts}

    assert refused == dict.fromkeys(facts, "post_version is append-only")


def test_the_revision_after_an_erased_one_loses_what_quotes_it_and_nothing_else(app: Flask, write: Write) -> None:
    witness(write("one", "two", "three", "four"), revision=1)
    silent = sa.update(REVISION).values(summary=None)

    assert refusal(silent.where(REVISION.c.revision == 3)) == "post_version is append-only"
    assert refusal(silent.where(REVISION.c.revision == 2).values(note="other")) == "post_version is append-only"
    assert refusal(sa.update(REVISION).where(REVISION.c.revision == 2).values(summary="other")) == (
        "post_version is append-only"
    )
    assert refusal(blank(2)) == "post_version is append-only"
    assert refusal(silent.where(REVISION.c.revision == 2)) is None
    assert [row.summary is None for row in revisions()] == [True, False, True, False]


def untouched(table: sa.Table) -> sa.Update:
    """Write the first column's value over itself: even that is refused."""
    column = table.columns[0]
    return sa.update(table).values({column: column})


def blank(number: int, **instead: object) -> sa.Update:
    return sa.update(REVISION).where(REVISION.c.revision == number).values({**BLANK, **instead})


def other(row: Row, column: str) -> Any:
    """Return a value of the column's type that is not the one it has."""
    samples: dict[type, Any] = {int: 4711, str: "other", bytes: b"\x01" * 32}
    kind = REVISION.columns[column].type.python_type
    return samples[kind] if kind in samples else row._mapping[column].replace(year=1999)


def witness(post: Post, *, revision: int) -> None:
    with db.engine.begin() as connection:
        connection.execute(
            sa.insert(Erasure).values(post_id=post.id, revision=revision, retention=False, reason="The court said so.")
        )


def revisions() -> list[Row]:
    with db.engine.connect() as connection:
        return list(connection.execute(sa.select(REVISION).order_by(REVISION.c.revision)))


def everything() -> set[tuple[str, str]]:
    """Return kind and name of all that the database holds: tables, indexes, triggers and functions."""
    on_sqlite = "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    on_postgresql = (
        "SELECT CASE relkind WHEN 'r' THEN 'table' ELSE relkind::text END, relname FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relname <> 'alembic_version_pkc' "
        "UNION SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal "
        "UNION SELECT 'function', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    with db.engine.connect() as connection:
        query = on_sqlite if connection.dialect.name == "sqlite" else on_postgresql
        return {(kind, name) for kind, name in connection.execute(sa.text(query))}


def tables() -> dict[str, dict[str, list[str] | bool]]:
    """Return all that can be read back of each table, more than Alembic compares: keys, checks, AUTOINCREMENT."""
    inspector = sa.inspect(db.engine)
    return {
        table: {
            # In any order: a column that came later stands last in the database, and where it belongs in the model.
            "columns": sorted(
                in_words(column)
                for column in inspector.get_columns(table)
                if (db.engine.dialect.name, table, column["name"]) not in DIFFERENT
            ),
            "key": [in_words(inspector.get_pk_constraint(table))],
            "foreign keys": sorted(map(in_words, inspector.get_foreign_keys(table))),
            "indexes": sorted(map(in_words, inspector.get_indexes(table))),
            "unique": sorted(map(in_words, inspector.get_unique_constraints(table))),
            "checks": sorted(map(in_words, inspector.get_check_constraints(table))),
            "numbers never used twice": never_reused(table),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def in_words(described: object) -> str:
    return json.dumps(described, default=str, sort_keys=True)


def never_reused(table: str) -> bool:
    if db.engine.dialect.name != "sqlite":
        return True
    with db.engine.connect() as connection:
        made = connection.execute(
            sa.text("SELECT sql FROM sqlite_schema WHERE name = :name"), {"name": table}
        ).scalar_one()
    return "AUTOINCREMENT" in made
