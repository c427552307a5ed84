"""Undoing all later edits of one person."""

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Conflict, Invalid, Missing, NotAllowed
from webapp.history import undo_by as history
from webapp.history import verify
from webapp.models import RevisionSource
from webapp.operations import undo_by
from webapp.operations.posts import Saved
from webapp.pure.reconcile import Answer, Choice

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
    saved = undo_by.person(story, cast.editor.public_id, since=1, answers={}, seen=3, by=cast.author, note="too loud")

    latest = story.versions[-1]
    assert saved == Saved(story.id, 4, made=True)
    assert (latest.body, latest.kind, latest.source_revision, latest.note) == ("a\n\nB\n\nc\n", "undone", 3, "too loud")
    assert sources() == [(4, 1), (4, 3)]
    assert verify.everything().ok


def test_sent_again_it_gets_the_first_answer(story, cast):
    for _ in range(2):
        saved = undo_by.person(story, cast.editor.public_id, since=1, answers={}, seen=3, by=cast.author, save_id="s")

    assert saved == Saved(story.id, 4, made=False, sent_before=True)
    assert len(story.versions) == 5


def test_what_lost_the_race_is_refused(story, write, cast):
    write("other\n\nwords\n", post=story)

    with pytest.raises(Conflict):
        undo_by.person(story, cast.editor.public_id, since=1, answers={}, seen=3, by=cast.author)

    assert len(story.versions) == 5


def test_what_others_touched_since_is_asked_and_answered(write, cast):
    post = write(LINES)
    write("A\n\nb\n\nC\n", by=cast.editor, post=post)
    write("A again\n\nb\n\nC\n", post=post)
    asked = {"since": 1, "seen": 2, "by": cast.author}

    with pytest.raises(Invalid) as refused:
        undo_by.person(post, cast.editor.public_id, answers={}, **asked)
    (key,) = refused.value.fields
    assert len(post.versions) == 3

    undo_by.person(post, cast.editor.public_id, answers={key: Answer(Choice.THEIRS)}, **asked)
    assert (post.versions[-1].body, post.versions[-1].source_revision) == (LINES, 1)


def test_who_leaves_all_of_it_as_it_is_makes_no_revision(write, cast):
    post = write("one")
    write("two", by=cast.editor, post=post)
    write("three", post=post)
    (question,) = history.of(post, cast.editor.public_id, since=1).questions
    answers = {question.key: Answer(Choice.OURS)}

    assert undo_by.person(post, cast.editor.public_id, since=1, answers=answers, seen=2, by=cast.author).made is False


@pytest.mark.only("sqlite", "decided in Python")
def test_who_may_not_edit_may_not_undo(story, cast):
    with pytest.raises(NotAllowed):
        undo_by.person(story, cast.editor.public_id, since=1, answers={}, seen=3, by=cast.other)
    with pytest.raises(Missing):
        undo_by.person(story, cast.reader.public_id, since=1, answers={}, seen=3, by=cast.author)
