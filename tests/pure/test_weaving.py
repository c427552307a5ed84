"""Two passages woven into one are balanced, whatever is done to them."""

import re

from webapp.pure import alignment, markdown, units
from webapp.pure.weaving import Weaver


def leaves(text):
    return [leaf for unit in units.cut(str(markdown.render(text))) for leaf in unit.leaves()]


def woven(old, new):
    was, now = leaves(old), leaves(new)
    weaver = Weaver()
    weaver.weave(was, now, alignment.align([leaf.key for leaf in was], [leaf.key for leaf in now]))
    return re.sub(r'<span class="visually-hidden">[^<]*</span>', "", weaver.html())


def test_what_went_stands_in_the_elements_that_took_its_place():
    assert woven("a **b c d** e", "a **b d** e") == "<p>a <strong>b <del>c </del>d</strong> e</p>"
    assert woven("> a b", "> a") == "<blockquote><p>a<del> b</del></p></blockquote>"


def test_what_went_before_all_that_stayed_does_too():
    assert woven("x a", "a") == "<p><del>x </del>a</p>"


def test_words_after_a_paragraph_was_split_stand_in_its_second_half():
    assert woven("a b. c d e", "a b.\n\nc e") == (
        '<p>a b.<del> </del><ins><span class="end">¶</span></ins></p><p>c <del>d </del>e</p>'
    )


def test_two_replaced_words_with_a_space_between_are_replaced_as_one():
    assert woven("it may be so", "it must have so") == "<p>it <del>may be</del><ins>must have</ins> so</p>"


def test_nothing_in_common_is_one_after_the_other():
    weaver = Weaver()
    weaver.replace(leaves("# a"), leaves("b"))

    assert weaver.html() == (
        '<h1><del><span class="visually-hidden">Deleted: </span>a</del></h1>'
        '<p><ins><span class="visually-hidden">Inserted: </span>b</ins></p>'
    )
    assert weaver.is_marked


def test_equal_passages_leave_no_mark():
    weaver = Weaver()
    same = leaves("a *b*\n\n- c")
    weaver.weave(same, same, alignment.align([leaf.key for leaf in same], [leaf.key for leaf in same]))

    assert (weaver.html(), weaver.is_marked) == ("<p>a <em>b</em></p><ul><li>c</li></ul>", False)


def test_a_remark_is_escaped():
    weaver = Weaver()
    weaver.note(leaves("a")[0].path, "<b>")

    assert weaver.html() == '<p> <span class="note">&lt;b&gt;</span></p>'
