"""The side of a merge stays beside its revision."""

import pytest
import sqlalchemy as sa

from webapp.database import db, insert, transaction
from webapp.models import Side


@pytest.fixture
def side(write, cast):
    """A revision with a side."""
    post = write("one", "two")
    values = {"post_id": post.id, "revision": 1, "seen": 0, "title": "T", "tags": "", "text_id": post.text_id}
    with transaction():
        insert(Side, values | {"by_id": cast.author.id})


@pytest.mark.parametrize("statement", [sa.update(Side).values(title="another"), sa.delete(Side)])
def test_a_side_is_never_changed_or_taken_away(side, statement):
    with pytest.raises(sa.exc.DBAPIError, match="side is append-only"), db.engine.begin() as connection:
        connection.execute(statement)


@pytest.mark.only("sqlite", "PostgreSQL has no REPLACE")
def test_a_side_is_not_replaced_either(side):
    with pytest.raises(sa.exc.DBAPIError, match="side is append-only"), db.engine.begin() as connection:
        connection.exec_driver_sql("REPLACE INTO side SELECT * FROM side")
