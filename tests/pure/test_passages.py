"""Lines are cut into what a reader would name."""

import pytest

from webapp.pure.passages import Form, Outline, Passage, continues, cut

TEXT = """\
Before any heading.

# Sailing #

We left at dawn,
with a fair wind.

- charts
- ropes
  of hemp

| a | b |
|---|---|

```sh
# no heading
make run
```

## Crew ##
Ana kept the log.
"""


def test_a_text_is_cut_into_its_passages():
    assert cut(TEXT.split("\n")) == [
        Passage(Form.PARAGRAPH, "Before any heading.", 0),
        Passage(Form.HEADING, "Sailing", 2, level=1),
        Passage(Form.PARAGRAPH, "We left at dawn, with a fair wind.", 4),
        Passage(Form.ITEM, "- charts", 7),
        Passage(Form.ITEM, "- ropes of hemp", 8),
        Passage(Form.ROW, "| a | b |", 11),
        Passage(Form.ROW, "|---|---|", 12),
        Passage(Form.CODE, "```sh # no heading make run ```", 14),
        Passage(Form.HEADING, "Crew", 19, level=2),
        Passage(Form.PARAGRAPH, "Ana kept the log.", 20),
    ]


def test_lines_may_begin_within_code():
    assert cut(["# still code", "```", "", "words"], in_code=True) == [
        Passage(Form.CODE, "# still code ```", 0),
        Passage(Form.PARAGRAPH, "words", 3),
    ]


def test_code_that_never_ends_is_one_passage():
    assert cut(["```", "a", "", "b"]) == [Passage(Form.CODE, "``` a b", 0)]


@pytest.mark.parametrize(
    ("before", "line", "together"),
    [
        ("words", "go on", True),
        ("- an item", "  goes on", True),
        ("words", "", False),
        ("", "words", False),
        ("# heading", "words", False),
        ("words", "# heading", False),
        ("words", "- item", False),
        ("words", "12) item", False),
        ("words", "| row |", False),
        ("words", "#hashtag", True),
    ],
)
def test_which_lines_belong_together(before, line, together):
    assert continues(before, line) is together


def test_the_outline_says_where_a_line_stands():
    lines = TEXT.split("\n")
    outline = Outline(TEXT, lines)

    assert [outline.section(lines.index(line)) for line in ("Before any heading.", "- ropes", "make run")] == [
        "", "Sailing", "Sailing",
    ]  # fmt: skip
    assert [outline.in_code(at) for at in (13, 14, 15, 17, 18)] == [False, False, True, True, False]
    assert outline.section(20) == "Crew"
    assert (outline.number(8, Form.ITEM), outline.number(8, Form.PARAGRAPH), outline.number(20, Form.PARAGRAPH)) == (
        2, 1, 1,
    )  # fmt: skip


def test_far_down_a_section_nothing_is_counted():
    lines = ["a", ""] * 1000

    assert Outline("\n".join(lines), lines).number(1998, Form.PARAGRAPH) == 0
