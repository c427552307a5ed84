"""Undoing one revision in the middle."""

import pytest

from webapp.errors import Conflict, Gone, Invalid, Missing, NotAllowed
from webapp.history import undo as reading
from webapp.history import verify
from webapp.operations import erase, trash, undo
from webapp.operations.posts import Saved
from webapp.pure.reconcile import Answer, Choice


def test_undoing_makes_a_revision_that_names_what_it_undid(write, cast):
    post = write("a\n\nb", "A\n\nb", "A\n\nB")

    answer = undo.revision(post, 1, answers={}, seen=2, by=cast.editor, note="too loud")

    latest = post.versions[-1]
    assert answer == Saved(post.id, 3, made=True)
    assert (latest.body, latest.kind, latest.source_revision, latest.note) == ("a\n\nB", "undone", 1, "too loud")
    assert latest.editor_id == cast.editor.id
    assert [version.body for version in post.versions] == ["a\n\nb", "A\n\nb", "A\n\nB", "a\n\nB"]
    assert verify.everything().ok


def test_an_undoing_is_undone_like_any_other_edit(write, cast):
    post = write("a\n\nb", "A\n\nb", "A\n\nB")
    undo.revision(post, 1, answers={}, seen=2, by=cast.author)

    undo.revision(post, 3, answers={}, seen=3, by=cast.author)

    assert (post.body, post.source_revision) == ("A\n\nB", 3)


def test_a_conflict_is_decided_by_the_answers(write, cast):
    post = write("one\n\nx", "two\n\nx", "three\n\nx")
    (question,) = reading.of(post, 1).together.questions

    undo.revision(post, 1, answers={question.key: Answer(Choice.BOTH)}, seen=2, by=cast.author)

    assert post.body == "three\none\n\nx"


def test_without_an_answer_nothing_is_written(write, cast):
    post = write("one", "two", "three")

    with pytest.raises(Invalid) as refused:
        undo.revision(post, 1, answers={}, seen=2, by=cast.author)

    assert list(refused.value.fields.values()) == ["Choose what becomes of this passage."]
    assert len(post.versions) == 3


def test_what_is_undone_already_makes_nothing(write, cast):
    post = write("one", "two", "one")

    assert undo.revision(post, 1, answers={}, seen=2, by=cast.author) == Saved(post.id, 2, made=False)


def test_an_undoing_sent_again_gets_the_first_answer(write, cast):
    post = write("a\n\nb", "A\n\nb", "A\n\nB")
    undo.revision(post, 1, answers={}, seen=2, by=cast.author, save_id="s")

    again = undo.revision(post, 1, answers={}, seen=2, by=cast.author, save_id="s")

    assert again == Saved(post.id, 3, made=False, sent_before=True)
    assert len(post.versions) == 4


def test_an_undoing_that_lost_the_race_is_refused(write, cast):
    post = write("one", "two", "two three")

    with pytest.raises(Conflict) as refused:
        undo.revision(post, 1, answers={}, seen=1, by=cast.author)

    assert (refused.value.seen, refused.value.latest) == (1, 2)
    assert len(post.versions) == 3


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("number", [0, 2, -9])
def test_what_cannot_be_undone(write, cast, number):
    post = write("one", "two")

    with pytest.raises(Missing):
        undo.revision(post, number, answers={}, seen=1, by=cast.author)


def test_an_edit_whose_text_is_gone_cannot_be_undone(write, cast):
    post = write("one", "two", "three")
    erase.revisions(post, [1], reason="asked for", by=cast.admin)

    with pytest.raises(Gone):
        undo.revision(post, 1, answers={}, seen=2, by=cast.author)


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize("who", ["reader", "other"])
def test_who_may_not_edit_may_not_undo(write, cast, who):
    post = write("one", "two")

    with pytest.raises(NotAllowed):
        undo.revision(post, 1, answers={}, seen=1, by=getattr(cast, who))

    assert len(post.versions) == 2


@pytest.mark.only("sqlite", "decided in Python")
def test_nothing_is_undone_in_the_trash(write, cast):
    post = write("one", "two")
    trash.delete(post, by=cast.author)

    with pytest.raises(Missing):
        undo.revision(post, 1, answers={}, seen=1, by=cast.author)
