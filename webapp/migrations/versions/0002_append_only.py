"""The database itself refuses to change the past, except to erase what an `erasure` row bears witness to."""

from alembic import op

revision = "0002"
down_revision = "0001"

# Revisions, Continuum's transactions and the audit log are never changed; rows of posts are never deleted.
FROZEN = ("transaction", "event", "publication", "erasure")
KEPT = ("post_version", "post", *FROZEN)

# SQLite's REPLACE deletes a row without asking the triggers on DELETE: what is there already is not inserted again.
KEYS = {
    "transaction": ("id",),
    "event": ("id",),
    "publication": ("id",),
    "erasure": ("post_id", "revision"),
    "post_version": ("id", "revision"),
}

# What an erasure may not touch: the facts, and the hashes that tie them together.
FACTS = (
    "id",
    "revision",
    "kind",
    "source_revision",
    "words_added",
    "words_removed",
    "editor_id",
    "saved_at",
    "commitment",
    "digest",
    "transaction_id",
    "operation_type",
)
BLANK = "NEW.title = '' AND NEW.tags = '' AND NEW.note = '' AND NEW.salt IS NULL AND NEW.text_id IS NULL"
WITNESS = "EXISTS (SELECT 1 FROM erasure WHERE post_id = OLD.id AND revision = OLD.revision)"


def upgrade() -> None:
    """Put the triggers on."""
    if op.get_bind().dialect.name == "postgresql":
        _on_postgresql()
    else:
        _on_sqlite()


def downgrade() -> None:
    """Take the triggers off."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for name, table in _triggers():
        on_table = f' ON "{table}"' if postgresql else ""
        op.execute(f"DROP TRIGGER {name}{on_table}")
    for table in () if postgresql else KEYS:
        op.execute(f"DROP TRIGGER {table}_no_replace")
    if postgresql:
        op.execute("DROP FUNCTION stet_refuse()")
        op.execute("DROP FUNCTION stet_erasing(integer, integer)")


def _triggers() -> list[tuple[str, str]]:
    no_delete = [(f"{table}_no_delete", table) for table in KEPT]
    no_update = [(f"{table}_no_update", table) for table in (*FROZEN, "post_version")]
    return no_delete + no_update


def _on_sqlite() -> None:
    unchanged = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in FACTS)
    for name, table in _triggers():
        verb = "DELETE" if name.endswith("_delete") else "UPDATE"
        when = f"WHEN NOT ({unchanged} AND {BLANK} AND {WITNESS})" if name == "post_version_no_update" else ""
        op.execute(
            f'CREATE TRIGGER {name} BEFORE {verb} ON "{table}" {when} '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    for table, key in KEYS.items():
        there = " AND ".join(f"{column} = NEW.{column}" for column in key)
        op.execute(
            f'CREATE TRIGGER {table}_no_replace BEFORE INSERT ON "{table}" '
            f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {there}) '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION stet_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        "CREATE FUNCTION stet_erasing(integer, integer) RETURNS boolean LANGUAGE sql AS "
        "$$ SELECT EXISTS (SELECT 1 FROM erasure WHERE post_id = $1 AND revision = $2) $$"
    )
    new, old = (", ".join(f"{row}.{column}" for column in FACTS) for row in ("NEW", "OLD"))
    for name, table in _triggers():
        verb = "DELETE" if name.endswith("_delete") else "UPDATE"
        unchanged = f"(({new}) IS NOT DISTINCT FROM ({old}))"
        when = (
            f"WHEN (NOT ({unchanged} AND {BLANK} AND stet_erasing(OLD.id, OLD.revision)))"
            if name == "post_version_no_update"
            else ""
        )
        op.execute(
            f'CREATE TRIGGER {name} BEFORE {verb} ON "{table}" FOR EACH ROW {when} EXECUTE FUNCTION stet_refuse()'
        )
