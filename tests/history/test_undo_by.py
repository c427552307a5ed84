"""What undoing all edits of one person would do, worked out without touching anything."""

import pytest

from webapp.errors import Invalid, Missing
from webapp.history import undo_by
from webapp.history.undo_by import Run
from webapp.operations import erase
from webapp.pure.reconcile import Answer, Choice

LINES = "a\n\nb\n\nc\n\nd\n"


@pytest.fixture
def story(write, cast):
    """Ana begins, Ed changes a and c, Ana b, Ed d: revisions 1, 2 and 4 are Ed's."""
    post = write(LINES)
    write(LINES.replace("a", "A"), LINES.replace("a", "A").replace("c", "C"), by=cast.editor, post=post)
    write("A\n\nB\n\nC\n\nd\n", post=post)
    write("A\n\nB\n\nC\n\nD\n", by=cast.editor, post=post)
    return post


def test_all_edits_of_one_person_go_and_those_of_others_stay(story, cast):
    undoing = undo_by.of(story, cast.editor.public_id, since=1)

    assert undoing.writing.body == "a\n\nB\n\nc\n\nd\n"
    assert undoing.undone == (Run(4, 4), Run(1, 2))
    assert (undoing.numbers, undoing.left) == ((4, 2, 1), ())
    assert undoing.person.name == "Ed Itor"


def test_what_came_before_stays(story, cast):
    undoing = undo_by.of(story, cast.editor.public_id, since=2)

    assert (undoing.writing.body, undoing.numbers) == ("A\n\nB\n\nc\n\nd\n", (4, 2))


def test_the_first_revision_is_no_edit(story, cast):
    assert undo_by.of(story, cast.author.public_id, since=0).numbers == (3,)


@pytest.fixture
def clash(story, write):
    """Ana also changes again what Ed wrote in revision 4."""
    write("A\n\nB\n\nC\n\nd again\n", post=story)
    return story


def test_what_others_changed_again_is_asked_about_and_stays_until_it_is_answered(clash, cast):
    undoing = undo_by.of(clash, cast.editor.public_id, since=1)

    (question,) = undoing.questions
    assert (question.ours, question.theirs) == ("d again\n", "d\n")
    assert (undoing.writing.body, undoing.numbers) == ("a\n\nB\n\nc\n\nd again\n", (2, 1))
    assert (undoing.kept, undoing.left, undoing.unanswered) == ((Run(4, 4),), (), (question.key,))
    assert undoing.runs == (Run(4, 4), Run(1, 2))


@pytest.mark.parametrize(
    ("answer", "last", "numbers"),
    [
        (Answer(Choice.OURS), "d again", (2, 1)),
        (Answer(Choice.THEIRS), "d", (4, 2, 1)),
        (Answer(Choice.EDIT, "mine"), "mine", (4, 2, 1)),
    ],
)
@pytest.mark.only("sqlite", "decided in Python")
def test_it_becomes_what_is_answered(clash, cast, answer, last, numbers):
    (question,) = undo_by.of(clash, cast.editor.public_id, since=1).questions

    undoing = undo_by.of(clash, cast.editor.public_id, since=1, answers={question.key: answer})

    assert (undoing.writing.body, undoing.numbers) == (f"a\n\nB\n\nc\n\n{last}\n", numbers)
    assert undoing.unanswered == ()


@pytest.mark.only("sqlite", "decided in Python")
def test_an_answer_may_lead_to_another_question(write, cast):
    post = write("one\n")
    for number, text in enumerate(("two\n", "three\n", "four\n", "five\n")):
        write(text, by=cast.author if number % 2 else cast.editor, post=post)
    newer, older = undo_by.of(post, cast.editor.public_id, since=1).questions
    assert (newer.theirs, older.ours, older.theirs) == ("three\n", "five\n", "one\n")
    answers = {newer.key: Answer(Choice.THEIRS), older.key: Answer(Choice.THEIRS)}

    undoing = undo_by.of(post, cast.editor.public_id, since=1, answers=answers)

    again = undoing.questions[1]
    assert (again.ours, again.theirs, undoing.unanswered) == ("three\n", "one\n", (again.key,))


@pytest.mark.only("sqlite", "decided in Python")
def test_what_would_ask_too_much_is_left(clash, cast, monkeypatch):
    monkeypatch.setattr(undo_by, "MOST_QUESTIONS", 0)

    undoing = undo_by.of(clash, cast.editor.public_id, since=1)

    assert (undoing.left, undoing.questions) == ((Run(4, 4),), ())


def test_what_is_not_kept_is_left(story, cast):
    erase.revisions(story, [1], reason="asked for", by=cast.admin)

    assert undo_by.of(story, cast.editor.public_id, since=1).left == ()
    assert undo_by.of(story, cast.editor.public_id, since=2).left == (Run(2, 2),)


def test_what_is_undone_already_changes_nothing(write, cast):
    post = write("one")
    write("two", "one", by=cast.editor, post=post)

    assert undo_by.of(post, cast.editor.public_id, since=1).changes_nothing is True


def test_later_edits_are_counted(story, cast):
    editor = undo_by.of(story, cast.editor.public_id, since=1).person

    assert [undo_by.count(story, editor, since=number) for number in (1, 2, 3, 5)] == [3, 2, 1, 0]


@pytest.mark.only("sqlite", "decided in Python")
def test_whoever_changed_nothing_since_has_nothing_to_undo(story, cast):
    for public_id, since in ((cast.other.public_id, 1), (cast.editor.public_id, 5), ("nobody", 1), ("\x00", 1)):
        with pytest.raises(Missing):
            undo_by.of(story, public_id, since=since)


@pytest.mark.only("sqlite", "decided in Python")
def test_there_is_an_end_to_the_turns_of_one_request(write, cast, monkeypatch):
    post = write("0")
    for number in range(1, 5):
        write(str(number), by=cast.editor if number % 2 else cast.author, post=post)
    monkeypatch.setattr(undo_by, "MOST_RUNS", 1)

    with pytest.raises(Invalid):
        undo_by.of(post, cast.editor.public_id, since=1)
