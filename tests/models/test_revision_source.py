"""Sources of a revision are written once."""

import pytest
import sqlalchemy as sa

from webapp.database import db, insert, transaction
from webapp.models import RevisionSource


@pytest.fixture
def source(write):
    """A revision with a source."""
    post = write("one", "two", "three")
    with transaction():
        insert(RevisionSource, {"post_id": post.id, "revision": 2, "source": 0})


@pytest.mark.parametrize("statement", [sa.update(RevisionSource).values(source=1), sa.delete(RevisionSource)])
def test_a_source_is_never_changed_or_taken_away(source, statement):
    with pytest.raises(sa.exc.DBAPIError, match="revision_source is append-only"), db.engine.begin() as connection:
        connection.execute(statement)


@pytest.mark.only("sqlite", "PostgreSQL has no REPLACE")
def test_a_source_is_not_replaced_either(source):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.exec_driver_sql("REPLACE INTO revision_source (post_id, revision, source) VALUES (1, 2, 0)")
