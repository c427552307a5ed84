"""Two versions become one: what either side changed is in it, and what both changed is asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.errors import Invalid
from webapp.pure.content import Writing
from webapp.pure.reconcile import MOST_QUESTIONS, Answer, Choice, Question, bring_together

BASE = Writing("Title", ("sea", "boats"), "one\n\ntwo\n\nthree\n")

tags = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True, max_size=4).map(tuple)
texts = st.lists(st.sampled_from(["\n", "a\n", "b\n", "c"]), max_size=8).map("".join)
writings = st.builds(Writing, title=st.sampled_from(["A", "B", "C"]), tags=tags, body=texts)


def changed(**parts):
    return Writing(**{"title": BASE.title, "tags": BASE.tags, "body": BASE.body} | parts)


@given(writings, writings)
def test_what_only_one_side_changed_is_taken(base, other):
    assert bring_together(base, other, base).writing() == other
    assert bring_together(base, base, other).writing() == other


@given(writings, writings)
def test_what_both_changed_alike_is_taken_once(base, other):
    assert bring_together(base, other, other).writing() == other


@given(writings, writings, writings)
def test_every_question_can_be_answered_by_each_of_its_choices(base, ours, theirs):
    together = bring_together(base, ours, theirs)

    for choice in (Choice.OURS, Choice.THEIRS, Choice.EDIT):
        answers = {question.key: Answer(choice, "mine") for question in together.questions}
        assert len(answers) == len(together.questions)
        assert isinstance(together.writing(answers), Writing)


@given(tags, tags, tags)
def test_tags_that_either_side_added_or_removed_are(base, ours, theirs):
    merged = bring_together(Writing("", base, ""), Writing("", ours, ""), Writing("", theirs, "")).tags
    before, here, there = set(base), set(ours), set(theirs)

    assert set(merged) == (here & there) | (here - before) | (there - before)
    assert len(merged) == len(set(merged))


def test_changes_in_different_places_go_together():
    ours = changed(title="New title", body=BASE.body.replace("one", "1"))
    theirs = changed(tags=("sea",), body=BASE.body.replace("three", "3"))

    together = bring_together(BASE, ours, theirs)

    assert together.questions == ()
    assert together.writing() == Writing("New title", ("sea",), "1\n\ntwo\n\n3\n")


def conflict():
    ours, theirs = changed(title="Ours", body="one\n\n2\n\nthree\n"), changed(title="Theirs", body="one\n\nzwei\n\n3\n")
    return bring_together(BASE, ours, theirs)


def test_what_both_changed_differently_is_asked():
    title, passage = conflict().questions

    assert title == Question("title", "title", "Title", "Ours", "Theirs")
    assert (passage.place, passage.base, passage.ours, passage.theirs) == ("text", "two\n", "2\n", "zwei\n")


@pytest.mark.parametrize(
    ("choice", "text", "body"),
    [
        (Choice.OURS, "", "one\n\n2\n\n3\n"),
        (Choice.THEIRS, "", "one\n\nzwei\n\n3\n"),
        (Choice.BOTH, "", "one\n\n2\nzwei\n\n3\n"),
        (Choice.EDIT, "deux", "one\n\ndeux\n\n3\n"),
        (Choice.EDIT, "deux\r\ntrois\r\n", "one\n\ndeux\ntrois\n\n3\n"),
        (Choice.EDIT, "", "one\n\n\n3\n"),
    ],
)
def test_each_choice_gives_its_text(choice, text, body):
    together = conflict()
    title, passage = together.questions

    whole = together.writing({title.key: Answer(Choice.THEIRS), passage.key: Answer(choice, text)})

    assert (whole.title, whole.body) == ("Theirs", body)


def test_nothing_is_decided_silently():
    together = conflict()
    title, passage = together.questions

    with pytest.raises(Invalid) as refused:
        together.writing({title.key: Answer(Choice.OURS)})

    assert list(refused.value.fields) == [passage.key]


def test_both_titles_are_no_title():
    together = conflict()
    title, passage = together.questions
    assert title.choices == (Choice.OURS, Choice.THEIRS, Choice.EDIT)

    with pytest.raises(Invalid) as refused:
        together.writing({title.key: Answer(Choice.BOTH), passage.key: Answer(Choice.OURS)})

    assert list(refused.value.fields) == [title.key]


def test_both_of_a_passage_and_its_removal_is_not_offered():
    together = bring_together(BASE, changed(body="one\n\nthree\n"), changed(body="one\n\nzwei\n\nthree\n"))

    assert [Choice.BOTH in question.choices for question in together.questions] == [False]


def test_the_end_of_a_text_without_a_line_feed_gets_none():
    together = bring_together(Writing("", (), "a"), Writing("", (), "b"), Writing("", (), "c"))
    (last,) = together.questions

    assert together.writing({last.key: Answer(Choice.EDIT, "d")}).body == "d"
    assert together.writing({last.key: Answer(Choice.BOTH)}).body == "b\nc"


def test_a_question_keeps_its_key_when_other_passages_change():
    other = changed(title="Ours", body="one\n\n2\n\nthree\n\nfour\n")

    again = bring_together(BASE, other, changed(title="Theirs", body="one\n\nzwei\n\n3\n"))

    assert again.questions[1].key == conflict().questions[1].key


def test_equal_conflicts_are_told_apart():
    base, ours, theirs = ("\n".join(["x", "-", word, "-", "y", "-", word, "-", "z"]) for word in ("0", "1", "2"))

    keys = [
        question.key
        for question in bring_together(Writing("", (), base), Writing("", (), ours), Writing("", (), theirs)).questions
    ]

    assert len(set(keys)) == len(keys) == 2


def test_too_many_questions_become_one():
    base, ours, theirs = (
        "".join(f"{number} {word}\n\n{number} stays\n\n" for number in range(MOST_QUESTIONS + 1))
        for word in ("was", "is", "ist")
    )

    together = bring_together(Writing("", (), base), Writing("", (), ours), Writing("", (), theirs))

    assert [(question.ours, question.theirs) for question in together.questions] == [(ours, theirs)]
