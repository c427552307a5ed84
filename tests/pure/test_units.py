"""A rendered text in units and words."""

from webapp.pure import markdown, units
from webapp.pure.units import BLOCK_END


def cut(text):
    return units.cut(str(markdown.render(text)))


def test_paragraphs_tables_and_items_of_a_list_are_units():
    found = cut("# A\n\none *two*\n\n- x\n- y\n  - z\n\n1. a\n2. b\n\n---\n\n|a|\n|-|\n|b|")

    assert [unit.name for unit in found] == ["h1", "p", "li", "li", "ol", "hr", "table"]
    assert [unit.text.split() for unit in found[:4]] == [["A"], ["one", "two"], ["x"], ["y", "z"]]
    assert [unit.around is None for unit in found] == [True, True, False, False, True, True, True]


def test_anchors_do_not_tell_units_apart():
    assert [unit.key for unit in cut("# A\n\n# A")] == ["<h1>A</h1>", "<h1>A</h1>"]


def test_an_item_is_not_a_paragraph_of_the_same_words():
    (item,) = cut("- a")
    assert item.key == "<ul><li>a</li>"


def test_joined_units_are_the_text_again():
    found = cut("one\n\n- x\n- y\n\nthree\n\n* z\n\n- other list")

    assert units.joined(found) == (
        "<p>one</p><ul><li>x</li><li>y</li></ul><p>three</p><ul><li>z</li></ul><ul><li>other list</li></ul>"
    )
    assert units.joined(found[2:3]) == "<ul><li>y</li></ul>"
    assert units.joined([]) == ""


def test_words_stand_with_the_elements_around_them():
    (unit,) = cut("a *b &* <c>")

    found = [(leaf.html, [node.name for node in leaf.path]) for leaf in unit.leaves()]

    assert found == [
        ("a", ["p"]),
        (" ", ["p"]),
        ("b", ["p", "em"]),
        (" ", ["p", "em"]),
        ("&amp;", ["p", "em"]),
        (" ", ["p"]),
        ("&lt;", ["p"]),
        ("c", ["p"]),
        ("&gt;", ["p"]),
        ("", ["p"]),
    ]


def test_the_end_of_a_block_and_a_picture_are_leaves_too():
    (unit,) = cut("![i](/a.png)")
    picture, end = unit.leaves()

    assert (picture.html, picture.is_end) == ('<img src="/a.png" alt="i">', False)
    assert (end.key, end.is_end) == (BLOCK_END, True)


def test_line_feeds_between_blocks_are_nothing_and_those_in_a_text_are_something():
    (item,) = cut("- a\n\n  b\n")
    (paragraph,) = cut("*a*\n*b*")

    assert [leaf.html for leaf in item.leaves() if leaf.html] == ["a", "b"]
    assert [leaf.html for leaf in paragraph.leaves() if leaf.html] == ["a", " ", "b"]


def test_line_feeds_stay_in_code():
    (code,) = cut("```\na\nb\n```")

    assert code.html == "<pre><code>a\nb\n</code></pre>"


def test_texts_stay_whole_when_words_would_be_too_many():
    (unit,) = cut("one two *three*")

    assert [leaf.key for leaf in unit.leaves(whole=True)] == ["one two ", "three", BLOCK_END]
