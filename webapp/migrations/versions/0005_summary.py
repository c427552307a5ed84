"""What changed, in words made at save; an erasure takes those of the revision after it too, which quote its text."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# What no update may touch, and what an erasure may blank.
FACTS = (
    "id", "revision", "kind", "source_revision", "words_added", "words_removed", "editor_id", "saved_at", "commitment",
    "digest", "transaction_id", "operation_type",
)  # fmt: skip
WORDS = ("title", "tags", "note", "salt", "text_id")
BLANK = "NEW.title = '' AND NEW.tags = '' AND NEW.note = '' AND NEW.salt IS NULL AND NEW.text_id IS NULL"
SILENT = "NEW.summary IS NULL"


def upgrade() -> None:
    """Go forward."""
    op.add_column("post", sa.Column("summary", sa.Text(), nullable=True))
    op.add_column("post_version", sa.Column("summary", sa.Text(), autoincrement=False, nullable=True))
    _drop_guard()
    # The revision after an erased one keeps its text, and loses the words that tell what changed since the erased one.
    _guard(
        f"{_unchanged(FACTS)} AND {SILENT} AND (({BLANK} AND {_witness('OLD.revision')}) "
        f"OR ({_unchanged(WORDS)} AND {_witness('OLD.revision - 1')}))"
    )


def downgrade() -> None:
    """Go back."""
    _drop_guard()
    op.drop_column("post_version", "summary")
    op.drop_column("post", "summary")
    _guard(f"{_unchanged(FACTS)} AND {BLANK} AND {_witness('OLD.revision')}")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _unchanged(columns: tuple[str, ...]) -> str:
    same = "IS NOT DISTINCT FROM" if _on_postgresql() else "IS"  # NULL is the same as NULL
    return " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in columns)


def _witness(number: str) -> str:
    if _on_postgresql():
        return f"stet_erasing(OLD.id, {number})"
    return f"EXISTS (SELECT 1 FROM erasure WHERE post_id = OLD.id AND revision = {number})"


def _drop_guard() -> None:
    op.execute("DROP TRIGGER post_version_no_update" + (" ON post_version" if _on_postgresql() else ""))


def _guard(allowed: str) -> None:
    each, refuse = "", "BEGIN SELECT RAISE(ABORT, 'post_version is append-only'); END"
    if _on_postgresql():
        each, refuse = "FOR EACH ROW", "EXECUTE FUNCTION stet_refuse()"
    op.execute(
        f"CREATE TRIGGER post_version_no_update BEFORE UPDATE ON post_version {each} WHEN (NOT ({allowed})) {refuse}"
    )
