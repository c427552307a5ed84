"""What was sent to be saved and was merged stays beside the revision: never changed, deleted only by an erasure."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "side",
        sa.Column("post_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_side_by_id_user")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_side_post_id_post")),
        sa.ForeignKeyConstraint(["text_id"], ["stored_text.id"], name=op.f("fk_side_text_id_stored_text")),
        sa.PrimaryKeyConstraint("post_id", "revision", name=op.f("pk_side")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for verb, when in (("DELETE", "WHEN (NOT stet_erasing(OLD.post_id, OLD.revision))"), ("UPDATE", "")):
            op.execute(
                f"CREATE TRIGGER side_no_{verb.lower()} BEFORE {verb} ON side "
                f"FOR EACH ROW {when} EXECUTE FUNCTION stet_refuse()"
            )
    else:
        refuse = "BEGIN SELECT RAISE(ABORT, 'side is append-only'); END"
        witness = "EXISTS (SELECT 1 FROM erasure WHERE post_id = OLD.post_id AND revision = OLD.revision)"
        op.execute(f"CREATE TRIGGER side_no_delete BEFORE DELETE ON side WHEN NOT {witness} {refuse}")
        op.execute(f"CREATE TRIGGER side_no_update BEFORE UPDATE ON side {refuse}")


def downgrade() -> None:
    """Go back; the triggers go with the table."""
    op.drop_table("side")
