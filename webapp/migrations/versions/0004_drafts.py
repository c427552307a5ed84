"""Drafts with all their states. A state is never changed; it may go only when its draft has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("save_id", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("caret", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=10), nullable=True),
        sa.Column("ended_revision", sa.Integer(), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("text_seq", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=True),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_draft_owner_id_user")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_draft_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_draft_open", "draft", ["owner_id", "post_id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_draft_owner_id_save_id", "draft", ["owner_id", "save_id"])
    op.create_index(op.f("ix_draft_post_id"), "draft", ["post_id"])
    op.create_table(
        "draft_text",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("base_seq", sa.Integer(), nullable=True),
        sa.Column("root_id", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_text_draft_id_draft")),
        sa.ForeignKeyConstraint(["root_id"], ["stored_text.id"], name=op.f("fk_draft_text_root_id_stored_text")),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_draft_text")),
        sa.UniqueConstraint("draft_id", "sha256", name=op.f("uq_draft_text_draft_id_sha256")),
    )
    op.create_index(op.f("ix_draft_text_root_id"), "draft_text", ["root_id"])
    op.create_table(
        "draft_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("text_seq", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("title", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("tags", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("note", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("seen", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), autoincrement=False, nullable=True),
        sa.Column("transaction_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("operation_type", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", "transaction_id", name=op.f("pk_draft_version")),
    )
    op.create_index("uq_draft_version_id_state", "draft_version", ["id", "state"], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    """Go back; the triggers go with the tables."""
    op.drop_table("draft_version")
    op.drop_table("draft_text")
    op.drop_table("draft")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION stet_drafting(integer)")


def _guard_on_sqlite() -> None:
    drafting = "EXISTS (SELECT 1 FROM draft WHERE id = OLD.id AND ended_at IS NULL)"
    for table in ("draft", "draft_version"):
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {drafting} {refuse}")
    refuse = "BEGIN SELECT RAISE(ABORT, 'draft_version is append-only'); END"
    op.execute(f"CREATE TRIGGER draft_version_no_update BEFORE UPDATE ON draft_version {refuse}")
    # SQLite's REPLACE deletes a row without asking the trigger on DELETE.
    there = "EXISTS (SELECT 1 FROM draft_version WHERE id = NEW.id AND state = NEW.state)"
    op.execute(f"CREATE TRIGGER draft_version_no_replace BEFORE INSERT ON draft_version WHEN {there} {refuse}")


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION stet_drafting(integer) RETURNS boolean LANGUAGE sql AS "
        "$$ SELECT EXISTS (SELECT 1 FROM draft WHERE id = $1 AND ended_at IS NULL) $$"
    )
    for table, verb, when in (
        ("draft", "DELETE", "WHEN (OLD.ended_at IS NULL)"),
        ("draft_version", "DELETE", "WHEN (stet_drafting(OLD.id))"),
        ("draft_version", "UPDATE", ""),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH ROW {when} EXECUTE FUNCTION stet_refuse()"
        )
