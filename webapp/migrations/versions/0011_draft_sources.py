"""A draft remembers from which revisions parts of it were taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Go forward."""
    op.add_column("draft", sa.Column("taken", sa.Text(), nullable=True))
    op.add_column("draft_version", sa.Column("taken", sa.Text(), autoincrement=False, nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("draft_version", "taken")
    op.drop_column("draft", "taken")
