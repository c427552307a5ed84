"""What changed for readers when a revision was published, in words."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Go forward."""
    op.add_column("published", sa.Column("summary", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("published", "summary")
