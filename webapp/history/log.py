"""The digests of all revisions in one line: what a checkpoint is taken of."""

from collections.abc import Iterator

import sqlalchemy as sa

from webapp.database import db, transaction_class, version_class
from webapp.models import Post

BATCH = 500
"""Digests fetched at once."""


def last_transaction() -> int:
    """Return the number of the last transaction that made a revision, 0 if none did."""
    return db.session.scalar(sa.select(sa.func.max(transaction_class().id))) or 0


def digests(*, until: int | None = None, limit: int | None = None) -> Iterator[bytes]:
    """Yield the digest of every revision in the order of transactions, in one its posts by number.

    Erasure and pruning leave them as they are, and later saves come behind, so the beginning never changes. `until`
    is the last transaction's number, `limit` how many at most. Memory stays constant: the database sorts, and its
    rows are fetched in batches.
    """
    version = version_class(Post)
    rows = sa.select(version.digest).order_by(version.transaction_id, version.id).limit(limit)
    if until is not None:
        rows = rows.where(version.transaction_id <= until)
    yield from db.session.scalars(rows.execution_options(yield_per=BATCH))
