"""Who has a post open; rows live for a minute."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "presence",
        sa.Column("post_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_presence_post_id_post")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_presence_user_id_user")),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_presence")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("presence")
