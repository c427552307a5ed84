"""What the chooser offers, and what is read back from it."""

import pytest

from webapp.forms import conflicts
from webapp.forms.conflicts import Chooser, Sides
from webapp.pure.content import Writing
from webapp.pure.reconcile import Answer, Choice, bring_together

pytestmark = pytest.mark.only("sqlite", "reads no database")

SIDES = Sides(ours="Mine", theirs="Ben's")


def questions(base, ours, theirs):
    return bring_together(Writing("", (), base), Writing("", (), ours), Writing("", (), theirs)).questions


def shown(option):
    return ["".join(f"[{piece.text}]" if piece.kind == "insert" else piece.text for piece in row.new_pieces)
            for row in option.rows]  # fmt: skip


def test_every_choice_is_named_and_shows_what_it_gives():
    (asked,) = Chooser(questions("We left at dawn.", "We left at noon.", "We left at dusk."), SIDES).asked

    assert [(option.choice.value, option.name, shown(option)) for option in asked.options] == [
        ("ours", "Mine", ["We left at [noon]."]),
        ("theirs", "Ben's", ["We left at [dusk]."]),
        ("both", "Both, one after the other", ["We left at [noon].", "[We left at dusk.]"]),
        ("edit", "My own words", []),
    ]


def test_nothing_is_chosen_beforehand():
    (asked,) = Chooser(questions("a", "b", "c"), SIDES).asked

    assert [option.chosen for option in asked.options] == [False] * 4


def test_what_was_chosen_and_typed_stays():
    (question,) = questions("a\n", "b\n", "c\n")
    answers = {question.key: Answer(Choice.EDIT, "my words")}

    (asked,) = Chooser((question,), SIDES, answers=answers, errors={question.key: "Too long."}).asked

    assert [(option.text, option.chosen) for option in asked.options] == [
        ("b\n", False), ("c\n", False), ("b\nc\n", False), ("my words", True),
    ]  # fmt: skip
    assert asked.error == "Too long."


def test_ones_own_words_begin_with_what_is_left_of_the_passage():
    (asked,) = Chooser(questions("a\n", "", "c\n"), SIDES).asked

    assert asked.options[-1].text == "c\n"


def test_answers_are_read_back_and_nonsense_is_none(app):
    sent = {
        "choice-1a": "both",
        "choice-2b": "edit",
        "text-2b": "mine",
        "choice-3c": "<b>",
        "choice-": "ours",
        "x": "y",
    }

    with app.test_request_context("/", method="POST", data=sent):
        assert conflicts.answers() == {
            "1a": Answer(Choice.BOTH),
            "2b": Answer(Choice.EDIT, "mine"),
            "": Answer(Choice.OURS),
        }
