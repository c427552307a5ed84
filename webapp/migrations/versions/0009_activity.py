"""Indexes of what happened: revisions by their transaction, and the lines of the audit log that are not saves."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TOLD = sa.text("post_id IS NOT NULL AND verb <> 'save'")


def upgrade() -> None:
    """Go forward."""
    op.create_index("ix_post_version_transaction_id", "post_version", ["transaction_id"])
    op.create_index("ix_event_told", "event", ["id"], sqlite_where=TOLD, postgresql_where=TOLD)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_event_told", table_name="event")
    op.drop_index("ix_post_version_transaction_id", table_name="post_version")
