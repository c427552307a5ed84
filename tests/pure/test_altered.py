"""A changed passage: which units became which, and what is shown of it."""

import re

import pytest

from webapp.pure import markdown, units
from webapp.pure.alignment import Budget
from webapp.pure.altered import CLOSE_CHARACTERS, REMARK, Passage


def passage(old, new):
    return Passage(*(units.cut(str(markdown.render(text))) for text in (old, new)))


def shown(old, new, budget=None):
    html = passage(old, new).html(budget or Budget())
    return re.sub(r'<span class="visually-hidden">[^<]*</span>', "", html)


def test_paragraphs_that_share_little_are_not_mixed():
    assert shown("The old words of one.", "Something else, and the rest.\n\nMore of it.") == (
        "<p><del>The old words of one.</del></p><p><ins>Something else, and the rest.</ins></p>"
        "<p><ins>More of it.</ins></p>"
    )


def test_each_paragraph_is_compared_with_what_became_of_it():
    assert shown("Apples and pears.\n\nBread for today.", "Milk.\n\nApples and ripe pears.\n\nBread for now.") == (
        "<p><ins>Milk.</ins></p><p>Apples and <ins>ripe </ins>pears.</p>"
        "<p>Bread for <del>today</del><ins>now</ins>.</p>"
    )


def test_items_that_went_stand_in_the_list_of_those_that_came():
    assert shown("- gone words", "- other things") == ("<ul><li><del>gone words</del><ins>other things</ins></li></ul>")


def test_what_differs_in_nothing_that_is_known_is_said_to_differ():
    assert REMARK in shown("|a|\n|-|\n|b|", "|a|\n|:-|\n|b|")


def test_a_long_passage_is_compared_by_whole_texts():
    words = "word " * (CLOSE_CHARACTERS // 5)

    assert shown(f"{words}\nx", f"{words}\ny").count("word") == 2 * (CLOSE_CHARACTERS // 5)


def test_without_a_budget_it_is_replaced():
    assert shown("a b c d", "x b y d", Budget(items=0, cells=0)) == "<p><del>a b c</del><ins>x b y</ins> d</p>"


@pytest.mark.parametrize(("old", "new", "kind"), [("a", "b", "replace"), ("a", "", "delete"), ("", "b", "insert")])
def test_it_says_what_happened(old, new, kind):
    assert passage(old, new).kind == kind
