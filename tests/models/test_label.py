"""The database keeps every name that a revision ever had, and one at a time that it has now."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.databases import refusal
from webapp.database import db
from webapp.models import Erasure, Label
from webapp.operations import labels

LABEL = Label.__table__


@pytest.fixture
def named(write, cast):
    """A post whose revision 0 has a label."""
    post = write("one", "two")
    labels.name(post, 0, name="Sent to review", by=cast.author)
    db.session.rollback()
    return post


def test_the_label_of_a_revision_is_found_until_it_is_removed(named, cast):
    assert Label.of(named.id, 0).name == "Sent to review"
    assert Label.of(named.id, 1) is None

    labels.remove(named, 0, by=cast.author)

    assert Label.of(named.id, 0) is None


def test_a_revision_has_one_label_at_a_time(named, cast):
    second = sa.insert(LABEL).values(post_id=named.id, revision=0, name="Another", named_by_id=cast.author.id)

    with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.execute(second)


def test_a_label_is_neither_deleted_nor_changed(named, cast):
    values = {
        "id": 99,
        "post_id": None,
        "revision": 1,
        "name": "Never sent",
        "named_by_id": cast.editor.id,
        "named_at": datetime(2020, 1, 1, tzinfo=UTC),
        "removed_by_id": cast.editor.id,
    }
    refused = {name: refusal(sa.update(LABEL).values({name: value})) for name, value in values.items()}

    assert refused == dict.fromkeys(values, "label is append-only")
    assert refusal(sa.delete(LABEL)) == "label is append-only"


def test_a_label_is_ended_once(named, cast):
    ending = sa.update(LABEL).values(removed_at=datetime(2026, 1, 1, tzinfo=UTC), removed_by_id=cast.author.id)

    assert refusal(ending) is None
    assert refusal(sa.update(LABEL).values(removed_at=None)) == "label is append-only"
    assert refusal(sa.update(LABEL).values(removed_at=datetime(2026, 1, 2, tzinfo=UTC))) == "label is append-only"


def test_a_name_is_blanked_where_an_erasure_bears_witness(named):
    blank = sa.update(LABEL).values(name="")
    assert refusal(blank) == "label is append-only"

    witness = sa.insert(Erasure).values(post_id=named.id, revision=0, retention=False, reason="The court said so.")
    assert refusal(witness) is None

    assert refusal(blank) is None


@pytest.mark.only("sqlite", "PostgreSQL has no REPLACE")
def test_a_label_is_not_replaced(named):
    replacing = "INSERT OR REPLACE INTO label SELECT id, post_id, revision, 'x', NULL, named_at, NULL, NULL FROM label"

    assert refusal(sa.text(replacing)) == "label is append-only"


@pytest.mark.only("sqlite", "the plan of PostgreSQL depends on how many rows there are")
def test_the_labelled_revisions_of_a_post_are_found_by_one_index(named):
    query = (
        "EXPLAIN QUERY PLAN SELECT revision, name FROM label WHERE post_id = 1 AND removed_at IS NULL ORDER BY revision"
    )
    with db.engine.connect() as connection:
        plan = [row[3] for row in connection.execute(sa.text(query))]

    assert plan == ["SEARCH label USING INDEX uq_label_current (post_id=?)"]
