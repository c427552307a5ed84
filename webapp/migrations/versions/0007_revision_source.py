"""Revisions whose parts come from several others name them all."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "revision_source",
        sa.Column("post_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_revision_source_post_id_post")),
        sa.PrimaryKeyConstraint("post_id", "revision", "source", name=op.f("pk_revision_source")),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    each = "FOR EACH ROW EXECUTE FUNCTION stet_refuse()"
    refuse = "BEGIN SELECT RAISE(ABORT, 'revision_source is append-only'); END"
    for verb in ("DELETE", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER revision_source_no_{verb.lower()} BEFORE {verb} ON revision_source "
            + (each if postgresql else refuse)
        )
    if not postgresql:
        # SQLite's REPLACE deletes a row without asking the trigger on DELETE.
        there = "post_id = NEW.post_id AND revision = NEW.revision AND source = NEW.source"
        op.execute(
            "CREATE TRIGGER revision_source_no_replace BEFORE INSERT ON revision_source "
            f"WHEN EXISTS (SELECT 1 FROM revision_source WHERE {there}) {refuse}"
        )


def downgrade() -> None:
    """Go back; the triggers go with the table."""
    op.drop_table("revision_source")
