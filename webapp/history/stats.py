"""How much history there is, and what it takes."""

from dataclasses import dataclass

import sqlalchemy as sa

from webapp.database import db, version_class
from webapp.models import Label, Post, StoredText


@dataclass(frozen=True, slots=True)
class Stats:
    """`text_bytes` is what the texts of all revisions would take as plain copies, in UTF-8."""

    posts: int
    revisions: int
    labels: int
    """Revisions that have a name now."""
    text_bytes: int
    packed_bytes: int
    database_bytes: int


def everything() -> Stats:
    """Count the whole database; reads every version row, but no text."""
    version = version_class(Post)
    text_bytes = sa.select(sa.func.coalesce(sa.func.sum(StoredText.size), 0)).join(
        version, version.text_id == StoredText.id
    )
    packed = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(StoredText.packed)), 0))
    count = db.session.scalar
    return Stats(
        posts=count(sa.select(sa.func.count()).select_from(Post)) or 0,
        revisions=count(sa.select(sa.func.count()).select_from(version)) or 0,
        labels=count(sa.select(sa.func.count()).select_from(Label).where(Label.removed_at.is_(None))) or 0,
        text_bytes=int(count(text_bytes) or 0),
        packed_bytes=int(count(packed) or 0),
        database_bytes=_database_bytes(),
    )


def _database_bytes() -> int:
    if db.engine.dialect.name == "postgresql":
        size = sa.text("SELECT pg_database_size(current_database())")
    else:
        size = sa.text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
    return int(db.session.scalar(size) or 0)
