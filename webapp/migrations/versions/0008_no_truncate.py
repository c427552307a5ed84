"""PostgreSQL empties no table of the past at once: TRUNCATE asks no trigger that is there for each row."""

from alembic import op

revision = "0008"
down_revision = "0007"

KEPT = ("post", "post_version", "transaction", "event", "publication", "erasure", "label")


def upgrade() -> None:
    """Go forward. SQLite has no TRUNCATE."""
    if op.get_bind().dialect.name == "postgresql":
        for table in KEPT:
            op.execute(
                f'CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION stet_refuse()"
            )


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "postgresql":
        for table in KEPT:
            op.execute(f'DROP TRIGGER {table}_no_truncate ON "{table}"')
