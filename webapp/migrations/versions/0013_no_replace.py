"""What came after the first guards is emptied and replaced as little: drafts, sides, and the sources of revisions."""

from alembic import op

revision = "0013"
down_revision = "0012"

EMPTIED = ("draft", "draft_text", "draft_version", "side", "revision_source")
"""PostgreSQL's TRUNCATE asks no trigger that is there for each row."""

# SQLite's REPLACE deletes whatever has one of the new row's keys, without asking the trigger on DELETE.
REPLACED = {
    "draft_no_replace": ("draft", "id = NEW.id AND ended_at IS NULL"),
    "draft_version_no_replace_by_key": ("draft_version", "id = NEW.id AND transaction_id = NEW.transaction_id"),
    "post_version_no_replace_by_key": ("post_version", "id = NEW.id AND transaction_id = NEW.transaction_id"),
    "side_no_replace": ("side", "post_id = NEW.post_id AND revision = NEW.revision"),
}


def upgrade() -> None:
    """Go forward."""
    if op.get_bind().dialect.name == "postgresql":
        for table in EMPTIED:
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION stet_refuse()"
            )
        return
    for name, (table, there) in REPLACED.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {there}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "postgresql":
        for table in EMPTIED:
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        return
    for name in REPLACED:
        op.execute(f"DROP TRIGGER {name}")
