"""The audit log."""

import pytest

from webapp import clock
from webapp.database import db, transaction
from webapp.models import OPERATOR, Event


def test_a_line_says_who_did_what_to_what_and_when(write, cast):
    post = write("one")
    before = clock.now()
    with transaction():
        Event.log("test", by=cast.editor, post_id=post.id, revision=0, detail="why")

    line = db.session.query(Event).order_by(Event.id.desc()).first()

    assert (line.verb, line.by_id, line.post_id, line.revision, line.detail) == (
        "test",
        cast.editor.id,
        post.id,
        0,
        "why",
    )
    assert before <= line.at <= clock.now()


def test_the_operator_and_strangers_have_no_number(app):
    with transaction():
        Event.log("test", by=OPERATOR)
        Event.log("test", by=None)

    assert [(line.by_id, line.post_id, line.revision, line.detail) for line in db.session.query(Event)] == [
        (None, None, None, None)
    ] * 2


def test_a_line_goes_with_its_transaction(app):
    with pytest.raises(LookupError), transaction():
        Event.log("test", by=None)
        raise LookupError

    assert db.session.query(Event).count() == 0
