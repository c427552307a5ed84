"""What changed is said in words: right, few, never nothing, and soon, whatever the texts are."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.pure import diff
from webapp.pure.content import Writing
from webapp.pure.summary import LINE_CHARACTERS, MOST_SENTENCES, NOTHING, Sentence, line, sentences

BASE = """\
# Sailing

We left at dawn. We may sail on.

## Install

Run `make`, please, and wait a while.

Then read the [docs](https://a.example) and so on and so forth.

- [ ] charts
- ropes

## Crew

Ana kept the log
and Ben cooked for
all of us there.

```sh
# no heading
make run
```

End of the story, my dears.
"""


def body(text):
    return Writing("A title", ("sea", "log"), text)


def told(old, new):
    return [sentence.text for sentence in sentences(old, new)]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("may", "must", "Paragraph 1 of “Sailing”: “may” became “must”"),
        ("Ben cooked", "Ben baked", "Paragraph 1 of “Crew”: “cooked” became “baked”"),
        ("please, ", "", "Paragraph 1 of “Install”: “please,” removed"),
        ("and Ben", "and sometimes Ben", "Paragraph 1 of “Crew”: “sometimes” added"),
        ("at dawn.", "at dawn!", "Paragraph 1 of “Sailing”: “.” became “!”"),
        ("dawn", "*dawn*", "Paragraph 1 of “Sailing”: only the formatting changed"),
        ("https://a.example", "https://b.example", "Paragraph 2 of “Install”: “docs” links to “https://b.example” now"),
        ("[docs](https://a.example)", "docs", "Paragraph 2 of “Install”: one link removed"),
        ("the log", "the [log](/log)", "Paragraph 1 of “Crew”: one link added"),
        ("- [ ] charts", "- [x] charts", "“charts” ticked"),
        ("- ropes\n", "- ropes\n- tar\n", "One list item added in “Install”"),
        ("- [ ] charts\n- ropes\n", "", "2 list items removed in “Install”"),
        ("make run", "make test", "Code in “Crew”: “run” became “test”"),
        ("## Crew", "## The crew", "Heading “Crew” became “The crew”"),
        ("## Crew", "## Who", "Heading “Crew” became “Who”"),
        ("## Crew", "### Crew", "Heading “Crew” is of level 3 now"),
        ("## Crew", "Crew", "“Crew” became a paragraph"),
        ("End of", "Something else first.\n\nEnd of", "One paragraph added after paragraph 1 of “Crew”"),
        ("# Sailing", "Hello.\n\n# Sailing", "One paragraph added at the start"),
        ("Ana kept the log\nand Ben cooked for\nall of us there.\n\n", "", "One paragraph removed in “Crew”"),
        ("dears.\n", "dears.\n\n## Last\n\nGood-bye.\n", "Section “Last” added"),
        ("dears.\n", "dears.\n\n## Last\n", "Heading “Last” added"),
        ("kept the log\nand Ben", "kept the log and\nBen", "Only white space changed"),
        ("\n\n", "\n\n\n", "Only white space changed"),
        ("We left at dawn. We may sail on.", "Nobody went anywhere, because it rained for weeks and weeks.",
         "Paragraph 1 of “Sailing”: rewritten"),
        ("Ana kept the log\nand Ben cooked for\nall of us there.",
         "Ana wrote a log\nand Otto cooked a lot for\nall of them there, daily.",
         "Paragraph 1 of “Crew”: 7 words added, 4 removed"),
        (BASE, "", "The whole text removed"),
    ],
)  # fmt: skip
def test_a_change_in_one_place_is_said_in_one_sentence(was, now, said):
    assert was in BASE
    assert told(body(BASE), body(BASE.replace(was, now))) == [said]


def test_a_text_that_was_empty_is_written():
    assert told(body(""), body("three plain words")) == ["Text written, 3 words"]


def test_without_headings_passages_are_counted_from_the_start():
    assert told(body("One.\n\nTwo may.\n"), body("One.\n\nTwo must.\n")) == ["Paragraph 2: “may” became “must”"]


def test_what_moved_is_not_said_to_be_new():
    one, two, three = (
        f"## {name}\n\nA paragraph about {name} that stands below it.\n\n" for name in ("One", "Two", "Three")
    )
    more = "And more of it, so that the end stays where it is.\n"

    assert told(body(one + two + three + more), body(two + one + three + more)) == ["Section “One” moved down"]
    assert told(
        body("Long enough to move.\n\nB is here.\n\nC.\n"), body("B is here.\n\nC.\n\nLong enough to move.\n")
    ) == ["One paragraph moved down"]


def test_a_section_that_changed_on_its_way_has_moved_too():
    one, two, three = (f"## {name}\n\nOf {name} there is something to say.\n\n" for name in ("One", "Two", "Three"))

    said = told(body(one + two + three), body(two + one.replace("something", "nothing") + three))

    assert [text for text in said if "Section" in text] in (["Section “One” moved down"], ["Section “Two” moved up"])


def test_the_same_change_in_several_places_is_said_once():
    old = body("\n\n".join(f"The colour of thing {number} is plain." for number in range(30)))
    new = body(old.body.replace("colour", "color"))

    assert told(old, new) == ["“colour” became “color” in 30 places"]
    assert line(old, new) == "“colour” became “color” in 4 places; 26 more changes"


def test_links_are_counted_together():
    old = body("\n\n".join(f"See [thing {n}](/{n}) and [its part](/part{n}) there." for n in range(6)))
    new = body("\n\n".join(f"See thing {n} and its part there." for n in range(6)))

    assert told(old, new) == ["12 links removed"]


def test_title_and_tags_are_named():
    assert told(Writing("Old", ("a", "b"), "x"), Writing("New", ("b", "c"), "x")) == [
        "Title changed from “Old” to “New”",
        "Tag “c” added",
        "Tag “a” removed",
    ]
    assert told(Writing("T", ("a", "b"), "x"), Writing("T", ("b", "a"), "x")) == ["Tags stand in another order"]
    assert told(Writing("T", (), "x"), Writing("T", tuple("abcde"), "x")) == ["Tags “a”, “b”, “c” and 2 more added"]


def test_equal_texts_have_nothing_to_say():
    assert sentences(body(BASE), body(BASE)) == (Sentence(NOTHING),)
    assert line(body(BASE), body(BASE)) == NOTHING


def test_a_sentence_names_the_hunk_that_shows_it():
    new = body(BASE.replace("may", "must").replace("Ben", "Otto"))

    assert [sentence.hunk for sentence in sentences(body(BASE), new)] == [0, 1]


def many(count):
    old = [f"Paragraph about thing {number}, which is plain." for number in range(count)]
    return body("\n\n".join(old)), body("\n\n".join(text.replace("plain", f"odd{at}") for at, text in enumerate(old)))


@pytest.mark.parametrize(("count", "last"), [(13, "And 1 more change"), (500, "And 488 more changes")])
def test_of_many_changes_the_rest_is_counted(count, last):
    texts = told(*many(count))

    assert len(texts) == MOST_SENTENCES + 1
    assert texts[-1] == last


def test_the_line_holds_as_much_as_fits_and_counts_the_rest():
    old, new = many(20)

    assert line(old, new) == "“plain” became “odd0”; “plain” became “odd1”; “plain” became “odd2”; 17 more changes"


def test_the_line_begins_with_what_says_most():
    old, new = Writing("Old", ("a",), "We may sail.\n"), Writing("New", ("a",), "We must sail.\n")

    assert line(old, new) == "“may” became “must”; title changed from “Old” to “New”"


def test_what_somebody_wrote_cannot_break_out_of_its_quotation():
    old, new = body("word\n"), body("word <b>\u202e”; nothing else\x00\n")

    assert told(old, new) == ["Paragraph 1: “<b>’; nothing else” added"]


pieces = st.sampled_from(
    [
        "\n",
        "\n\n",
        "word ",
        "other ",
        "# h\n",
        "## i\n",
        "- x\n",
        "1. y\n",
        "```\n",
        "| a |\n",
        "[l](u)",
        "**",
        "\u202e",
        " ",
        "é",
    ]
)
bodies = st.one_of(st.lists(pieces, max_size=25).map("".join), st.text(max_size=60))
writings = st.builds(
    Writing, title=st.text(max_size=8), tags=st.lists(st.text(max_size=4), max_size=4).map(tuple), body=bodies
)


@settings(max_examples=300, deadline=None)
@given(writings, writings)
def test_different_texts_never_have_nothing_to_say(old, new):
    said = sentences(old, new)
    one_line = line(old, new)

    assert 1 <= len(said) <= MOST_SENTENCES + 1
    assert (NOTHING in [sentence.text for sentence in said]) is (old == new)
    assert (one_line == NOTHING) is (old == new)
    assert all(sentence.text and sentence.text.splitlines() == [sentence.text] for sentence in said)
    assert 0 < len(one_line) <= LINE_CHARACTERS
    numbers = range(len(diff.compare(old.body, new.body).hunks))
    assert all(sentence.hunk is None or sentence.hunk in numbers for sentence in said)
    assert sentences(old, new) == said


HOSTILE = {
    "one long line": ("a " * 400_000, "b " * 400_000),
    "all lines other": ("\n".join(map(str, range(60_000))), "\n".join(map(str, range(60_000, 0, -1)))),
    "headings": ("# a\n\nb\n\n" * 60_000, "# a\n\nc\n\n" * 60_000),
    "brackets": ("[" * 400_000 + "\n\nx", "[" * 400_000 + "](\n\nx"),
    "open links": ("[a](" * 100_000, "[a](" * 100_000 + ")"),
    "fences": ("```\n" * 100_000, "~~~\n" * 100_000),
    "every tenth paragraph": tuple(
        "\n\n".join(f"p {number} {word if number % 10 == 0 else ''}" for number in range(20_000)) for word in "ab"
    ),
    "one paragraph of many lines": ("a\n" * 200_000, "a\n" * 100_000 + "b\n" + "a\n" * 100_000),
    "spaces": (" " * 500_000, "\n" * 500_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long_to_tell(name):
    old, new = map(body, HOSTILE[name])
    comparison = diff.compare(old.body, new.body)
    start = time.process_time()

    said = [*sentences(old, new, comparison), line(old, new, comparison)]

    assert time.process_time() - start < 1
    assert all(said)
