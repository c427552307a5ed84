"""Every passage of a rendered text knows its lines, so that taking a passage back takes what a reader saw change."""

import pytest
from hypothesis import example, given

from tests.pure.test_rendered import texts
from webapp.pure import cmark, markdown, rendered, take, units
from webapp.pure.content import Writing
from webapp.pure.rendered import Altered

NOTES = "One[^a].\n\n[^a]: Said.\n\nTwo[^b].\n\n[^b]: Said too.\n"


def changes(old, new):
    return [part for part in rendered.compare(old, new).parts if isinstance(part, Altered)]


def taken(old, new, *some):
    """Return the new text with these changes as they are in the old one."""
    keys = [key for part in some for key in part.key.split(take.SEPARATOR)]
    landed = take.into(
        Writing("", (), new), old=Writing("", (), old), new=Writing("", (), new), keys=keys, from_old=True
    )
    return landed.body


@given(texts)
def test_there_is_a_place_for_each_unit(text):
    places = cmark.places(text)

    assert len(places.blocks) + bool(places.notes) == len(units.cut(str(markdown.render(text))))


@given(texts, texts)
@example("a\nb\n\n# A", "# A\n\na\nb")
@example("## A\n\n# A\n\n# A", "# A\n# A\n# A")
@example("a\nb\n\n# A\n\n## A\n\n# A", "## A\n\na\nb")
@example("\n[^a]", "[^a]: Said.\n\n# A")
@example("a  \nb\n\n# A", "[^a]: Said.\na  \nb")
def test_all_changes_taken_back_read_as_the_old_text(old, new):
    found = changes(old, new)

    assert all(part.key for part in found)
    if found:
        assert _read(taken(old, new, *found)) == _read(old)


@given(texts, texts)
@example("# A\n|a|b|\n|-|-|\n|c|d|", "# A\n# A\nsome words\n|a|b|\n|-|-|\n|c|d|")
def test_changes_taken_back_one_after_the_other_end_with_the_old_text(old, new):
    seen = set()

    while found := changes(old, new):
        assert new not in seen
        seen.add(new)
        new = taken(old, new, found[len(seen) % len(found)])

    assert _read(new) == _read(old)


@pytest.mark.parametrize(
    ("old", "new", "back"),
    [
        ("one\n\ntwo\n\nthree", "1\n\ntwo\n\n3", ["one\n\ntwo\n\n3", "1\n\ntwo\n\nthree"]),
        ("one\nmore\nlast\n\ntwo", "1\nmore\nend\n\ntwo", ["one\nmore\nlast\n\ntwo"]),
        ("one\n\ntwo", "one\ntwo", ["one\n\ntwo"]),
        ("- a\n- b\n- c", "- A\n- b\n- C", ["- a\n- b\n- C", "- A\n- b\n- c"]),
        ("- a\n- b", "- a\n\n- b", ["- a\n- b"]),
        ("1. a\n2. b\n3. c", "1. A\n2. b\n3. C", ["1. a\n2. b\n3. c"]),
        (NOTES, NOTES.replace("Said", "Told"), [NOTES]),
        (
            "[a] b\n\nx\n\ntwo\n\n[a]: /b\n",
            "[a] c\n\nx\n\n2\n\n[a]: /c\n",
            ["[a] b\n\nx\n\n2\n\n[a]: /b\n", "[a] c\n\nx\n\ntwo\n\n[a]: /c\n"],
        ),
        ("a\nb\n\n# A", "# A\n\na\nb", ["a\nb\n\n# A"] * 2),
        (
            "top\n\nx\n\nsome\nwords\n|a|\n|-|\n|b|",
            "TOP\n\nx\n\nsome\nword\n|a|\n|-|\n|b|",
            ["top\n\nx\n\nsome\nword\n|a|\n|-|\n|b|", "TOP\n\nx\n\nsome\nwords\n|a|\n|-|\n|b|"],
        ),
        ("<!-- a -->\n\none\n\n<b>\ntwo", "<!-- a -->\n\n1\n\n<b>\n2", None),
    ],
)
def test_each_change_is_taken_back_with_all_its_lines(old, new, back):
    found = changes(old, new)

    if back is not None:
        assert [taken(old, new, part) for part in found] == back
    assert taken(old, new, *found) == old


def test_a_passage_that_only_moved_takes_back_what_stands_next_to_it_and_no_more():
    old = "\n\n".join(f"a {part}\nb {part}\n\n# A {part}" for part in range(40))
    new = "\n\n".join(f"# A {part}\n\na {part}\nb {part}" for part in range(40))

    found = changes(old, new)

    assert max(len(part.key.split(take.SEPARATOR)) for part in found) <= 4
    assert taken(old, new, *found) == old


def test_a_link_whose_address_is_given_elsewhere_takes_that_and_says_who_else_has_it():
    first, second = changes("[a]\n\nx\n\n[a] too\n\n[a]: /b\n", "[a]\n\nx\n\n[a] too\n\n[a]: /c\n")

    assert (first.key, first.along, second.along) == (second.key, 1, 1)


def test_what_is_shown_as_it_was_typed_has_no_lines():
    deep = "> " * (markdown.LIMIT_DEPTH + 1) + "{}\n\nmore"

    (change,) = changes(deep.format("a"), deep.format("b"))

    assert (change.key, change.along) == ("", 0)


def _read(text):
    """Return what a reader sees, and in which elements."""
    return [unit.key for unit in units.cut(str(markdown.render(text)))]
