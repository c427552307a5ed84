"""Names of revisions. Rows are ended, never changed or deleted; an erasure alone may blank what they say."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

FACTS = ("id", "post_id", "revision", "named_by_id", "named_at")
ENDING = ("removed_at", "removed_by_id")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["named_by_id"], ["user.id"], name=op.f("fk_label_named_by_id_user")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_label_post_id_post")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["user.id"], name=op.f("fk_label_removed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_label_current",
        "label",
        ["post_id", "revision"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    """Go back; the triggers go with the table."""
    op.drop_index(
        "uq_label_current",
        table_name="label",
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.drop_table("label")


def _allowed(same: str, erasing: str) -> str:
    """Return when a row may be updated; `same` compares two values, NULL with NULL too."""
    facts = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in FACTS)
    as_it_was = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in ENDING)
    ended = "OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL"
    said = f"NEW.name = OLD.name OR (NEW.name = '' AND {erasing})"
    return f"{facts} AND (({as_it_was}) OR ({ended})) AND ({said})"


def _guard_on_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'label is append-only'); END"
    witness = "EXISTS (SELECT 1 FROM erasure WHERE post_id = OLD.post_id AND revision = OLD.revision)"
    op.execute(f"CREATE TRIGGER label_no_delete BEFORE DELETE ON label {refuse}")
    op.execute(f"CREATE TRIGGER label_no_update BEFORE UPDATE ON label WHEN NOT ({_allowed('IS', witness)}) {refuse}")
    # SQLite's REPLACE deletes a row without asking the trigger on DELETE.
    there = "EXISTS (SELECT 1 FROM label WHERE id = NEW.id)"
    op.execute(f"CREATE TRIGGER label_no_replace BEFORE INSERT ON label WHEN {there} {refuse}")


def _guard_on_postgresql() -> None:
    allowed = _allowed("IS NOT DISTINCT FROM", "stet_erasing(OLD.post_id, OLD.revision)")
    for verb, when in (("DELETE", ""), ("UPDATE", f"WHEN (NOT ({allowed}))")):
        op.execute(
            f"CREATE TRIGGER label_no_{verb.lower()} BEFORE {verb} ON label "
            f"FOR EACH ROW {when} EXECUTE FUNCTION stet_refuse()"
        )
