"""The queries behind the timeline: both databases answer each from an index, in its order."""

from itertools import product

import pytest
import sqlalchemy as sa

from webapp import clock
from webapp.database import db, fetch
from webapp.history import timeline_queries as queries

PAGES = [
    queries.page_of(by_one=by_one, labelled=labelled, upwards=upwards)
    for by_one, labelled, upwards in product((False, True), repeat=3)
]


def plan(statement, values):
    """Return how the database goes about `statement`, one step a line."""
    sent = []

    def note(_connection, _cursor, sql, parameters, *_rest):
        sent.append((sql, parameters))

    connection = db.session.connection()
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:  # of the few rows of a test it would read all
        for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):
            connection.execute(sa.text(f"SET LOCAL enable_{way} = off"))
    sa.event.listen(db.engine, "before_cursor_execute", note)
    fetch(statement, values).all()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    ((sql, parameters),) = sent
    explain = "EXPLAIN" if is_postgresql else "EXPLAIN QUERY PLAN"
    return [row[-1].strip() for row in connection.exec_driver_sql(f"{explain} {sql}", parameters)]


@pytest.mark.parametrize("statement", [*PAGES, queries.AUTHORS, queries.LAST_BEFORE])
def test_no_revision_is_read_in_vain_and_none_is_sorted(write, statement):
    write("one", "two")
    values = {"post_id": 1, "start": 5, "rows": 52, "author": "x", "moment": clock.now(), "end": 2}
    names = statement.compile().params

    steps = plan(statement, {name: value for name, value in values.items() if name in names})

    assert [step for step in steps if step.startswith(("SCAN post_version", "SCAN label", "USE TEMP"))] == []
    assert [step for step in steps if "Seq Scan on post_version" in step or "Sort" in step] == []
    assert any("post_version" in step for step in steps)
