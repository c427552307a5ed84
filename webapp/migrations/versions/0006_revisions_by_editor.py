"""An index of each person's revisions of a post: the timeline lists them, and whose there are."""

from alembic import op

revision = "0006"
down_revision = "0005"

INDEX = "ix_post_version_id_editor_id_revision"


def upgrade() -> None:
    """Go forward."""
    op.create_index(INDEX, "post_version", ["id", "editor_id", "revision"])


def downgrade() -> None:
    """Go back."""
    op.drop_index(INDEX, table_name="post_version")
