"""Undoing all later edits of one person."""

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Conflict, Missing, NotAllowed
from webapp.history import verify
from webapp.models import RevisionSource
from webapp.operations import undo_by
from webapp.operations.posts import Saved

LINES = "a\n\nb\n\nc\n"


@pytest.fixture
def story(write, cast):
    """Ana begins, Ed changes a, Ana b, Ed c."""
    post = write(LINES)
    for number, by in enumerate((cast.editor, cast.author, cast.editor), 1):
        write(LINES[: 3 * number].upper() + LINES[3 * number :], by=by, post=post)
    return post


def sources():
    return db.session.execute(sa.select(RevisionSource.revision, RevisionSource.source).order_by(sa.text("2"))).all()


def test_the_revision_names_all_that_it_undid(story, cast):
    saved = undo_by.person(story, cast.editor.public_id, since=1, seen=3, by=cast.author, note="too loud")

    latest = story.versions[-1]
    assert saved == Saved(story.id, 4, made=True)
    assert (latest.body, latest.kind, latest.source_revision, latest.note) == ("a\n\nB\n\nc\n", "undone", 3, "too loud")
    assert sources() == [(4, 1), (4, 3)]
    assert verify.everything().ok


def test_sent_again_it_gets_the_first_answer(story, cast):
    for _ in range(2):
        saved = undo_by.person(story, cast.editor.public_id, since=1, seen=3, by=cast.author, save_id="s")

    assert saved == Saved(story.id, 4, made=False, sent_before=True)
    assert len(story.versions) == 5


def test_what_lost_the_race_is_refused(story, write, cast):
    write("other\n\nwords\n", post=story)

    with pytest.raises(Conflict):
        undo_by.person(story, cast.editor.public_id, since=1, seen=3, by=cast.author)

    assert len(story.versions) == 5


def test_where_all_of_it_clashes_nothing_is_made(write, cast):
    post = write("one")
    write("two", by=cast.editor, post=post)
    write("three", post=post)

    assert undo_by.person(post, cast.editor.public_id, since=1, seen=2, by=cast.author).made is False


@pytest.mark.only("sqlite", "decided in Python")
def test_who_may_not_edit_may_not_undo(story, cast):
    with pytest.raises(NotAllowed):
        undo_by.person(story, cast.editor.public_id, since=1, seen=3, by=cast.other)
    with pytest.raises(Missing):
        undo_by.person(story, cast.reader.public_id, since=1, seen=3, by=cast.author)
