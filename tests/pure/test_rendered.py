"""Changes as readers see them: every word of both texts, marked where it stands, safe, balanced and in time."""

import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.views.test_hostile_texts import HOSTILE, Dangers
from webapp.pure import markdown, rendered, sanitiser
from webapp.pure.folding import Fold
from webapp.pure.rendered import Altered, TooLong

OURS = re.compile(r' ?<span class="(?:note|end|visually-hidden)">[^<]*</span>')
GONE = re.compile(r"<del>.*?</del>", re.DOTALL)
COME = re.compile(r"<ins>.*?</ins>", re.DOTALL)
PARTS = [
    "# A",
    "## A",
    "some words",
    "other *words* here",
    "**some** words",
    "[a](b)",
    "[a](c)",
    "- x",
    "- x y",
    "1. z",
]
PARTS += [
    "`code`",
    "```\npre\n```",
    "|a|b|\n|-|-|\n|c|d|",
    "> quoted",
    "---",
    "a\nb",
    "a<b>&amp;c",
    "![i](/j)",
    "x ~~y~~ z",
]
PARTS += [
    "# A\n# A",
    "some words\n|a|b|\n|-|-|\n|c|d|",
    "[a] [^a]",
    "[a]: /b",
    "[^a]: Said.",
    "<!-- hidden -->",
    "- x\n\n- y",
]
TARGET = '<span class="note">link target changed from http://old.example to http://new.example</span>'
BOLD = '<span class="note">now bold</span> <span class="note">no longer italic</span>'
HEAD = "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
texts = st.lists(st.sampled_from(PARTS), max_size=8).map("\n\n".join) | st.lists(
    st.sampled_from(
        ["a", "b", "*", "**", "_", "`", "[", "](x)", "<", "&", "\n", "\n\n", "- ", "> ", "# ", " ", "|", "~~"]
    ),
    max_size=40,
).map("".join)


def html(old, new, **options):
    """Return what is shown of both, folds aside."""
    return "".join(part.html for part in rendered.compare(old, new, **options).parts if not isinstance(part, Fold))


def change(old, new):
    """Return the source of the only change, without what is said for the ear."""
    (altered,) = [part for part in rendered.compare(old, new).parts if isinstance(part, Altered)]
    return re.sub(r'<span class="visually-hidden">[^<]*</span>| rel="[^"]*"', "", altered.html)


class Balance(HTMLParser):
    """Complains of an element that is not closed where it must be."""

    def __init__(self, html):
        super().__init__()
        self.open = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        """Note the element."""
        if tag not in markdown.VOID_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Ask that it is the last one."""
        assert self.open.pop() == tag


@given(texts, texts)
def test_whatever_the_texts_all_is_balanced_and_already_clean(old, new):
    for part in rendered.compare(old, new).parts:
        if not isinstance(part, Fold):
            Balance(part.html)
            assert sanitiser.clean(part.html, marked=True) == part.html


@given(texts, texts)
def test_without_what_went_it_is_the_new_text_and_without_what_came_the_old_one(old, new):
    everything = range(1, 10_000)
    shown = OURS.sub("", html(old, new, opened=everything))

    assert words(COME.sub("", shown)) == words(markdown.render(old))
    assert words(GONE.sub("", shown)) == words(markdown.render(new))


@given(texts, texts)
def test_texts_that_are_rendered_differently_show_a_change(old, new):
    differ = as_seen(markdown.render(old)) != as_seen(markdown.render(new))

    assert bool(rendered.compare(old, new).shown) == differ


def as_seen(page):
    """Return the page as far as a reader sees a difference: without anchors, and wherever lines end outside code."""
    page = re.sub(r' id="[^"]*"', "", page)
    return re.sub(r"(?s)<pre>.*?</pre>|\n", lambda found: found[0] if found[0] != "\n" else " ", page)


def words(page):
    """Return what is read, without the space between blocks."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("You may go.", "You must go.", "<p>You <del>may</del><ins>must</ins> go.</p>"),
        ("One.", "One.\n\nTwo.", "<p><ins>Two.</ins></p>"),
        ("One.\n\nTwo.", "One.", "<p><del>Two.</del></p>"),
        (
            "See [the guide](http://old.example).",
            "See [the guide](http://new.example).",
            f'<p>See <a href="http://new.example"><span class="reworked">the guide</span></a> {TARGET}.</p>',
        ),
        (
            "a *b* c",
            "a **b** c",
            f'<p>a <strong><span class="reworked">b</span></strong> {BOLD} c</p>',
        ),
        ("## H", "### H", '<h3> <span class="note">was a heading of level 2</span>H</h3>'),
        ("plain", "- plain", '<ul><li> <span class="note">was a paragraph</span>plain</li></ul>'),
        (
            "1. a\n2. b",
            "3. a\n4. b",
            '<ol start="3"><li>a</li><li>b <span class="note">the formatting changed</span></li></ol>',
        ),
        (
            "One two three.\n\nFour five six.",
            "One two three. Four five six.",
            '<p>One two three.<del><span class="end">¶</span></del><ins> </ins>Four five six.</p>',
        ),
        (
            "One two three. Four five six.",
            "One two three.\n\nFour five six.",
            '<p>One two three.<del> </del><ins><span class="end">¶</span></ins></p><p>Four five six.</p>',
        ),
        (
            "![i](/a.png)",
            "![i](/b.png)",
            '<p><del><img src="/a.png" alt="i"></del><ins><img src="/b.png" alt="i"></ins></p>',
        ),
        ("a\n\n---", "a", "<del><hr></del>"),
        ("```\nx = 1\n```", "```\nx = 2\n```", "<pre><code>x = <del>1</del><ins>2</ins>\n</code></pre>"),
        (
            "|a|b|\n|-|-|\n|1|2|",
            "|a|b|\n|-|-|\n|1|3|",
            f"{HEAD}<tbody><tr><td>1</td><td><del>2</del><ins>3</ins></td></tr></tbody></table>",
        ),
    ],
)
def test_changes_of_text_structure_and_looks_are_shown(old, new, shown):
    assert change(old, new) == shown


def test_an_item_that_left_a_list_is_shown_in_it():
    assert change("- one item\n- another thing", "- one item") == "<ul><li><del>another thing</del></li></ul>"


def test_a_passage_that_moved_says_where_to_and_from():
    moved = "A paragraph that is long enough to be known."
    rendering = rendered.compare(f"{moved}\n\nOne.\n\nTwo.", f"One.\n\nTwo.\n\n{moved}", first=3)

    away, _, here = rendering.parts
    assert "moved away, to change 4" in away.html
    assert "moved here, from change 3" in here.html
    assert [mark.kind for mark in rendering.marks] == ["move", "move"]


def test_what_reads_the_same_is_no_change():
    assert rendered.compare("*a*\n", "_a_").shown == 0
    assert rendered.compare("a\nb", "a b").shown == 0
    assert rendered.compare("# Notes\n\n# Notes", "# Notes\n\n\n# Notes").shown == 0


def test_an_anchor_that_counts_on_is_no_change():
    assert rendered.compare("## A\n\n## B", "## B\n\n## A\n\n## B").shown == 1


def test_passages_far_from_changes_are_folded_and_open():
    old = "\n\n".join(f"Paragraph {number}." for number in range(1, 21))
    new = old.replace("Paragraph 20.", "Another.")

    fold, context, _ = rendered.compare(old, new).parts
    assert (fold.first, fold.last, context.html) == (1, 18, "<p>Paragraph 19.</p>")
    opened = rendered.compare(old, new, opened=range(1, 19)).parts[0]
    assert (opened.opened, opened.html.count("<p>")) == (True, 18)
    (same,) = rendered.opened_units(old, first=2, last=3)
    assert same.html == "<p>Paragraph 2.</p><p>Paragraph 3.</p>"


def test_a_long_fold_opens_in_parts_and_one_that_is_not_there_to_nothing():
    text = "\n\n".join("ab" for _ in range(1000))

    same, rest = rendered.opened_units(text, first=1, last=900)

    assert (same.html.count("<p>"), rest.first, rest.last) == (rendered.OPENED_UNITS, rendered.OPENED_UNITS + 1, 900)
    assert rendered.opened_units(text, first=2000, last=3000) == ()
    assert rendered.opened_units("", first=0, last=0) == ()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_only_ever_shown(hostile):
    for old, new in (
        ("plain", hostile),
        (hostile, "plain"),
        (hostile, f"{hostile} {hostile}"),
        (hostile, hostile[::-1]),
    ):
        shown = html(old, f"before\n\n{new}\n\nafter")

        assert Dangers(shown).found == []
        Balance(shown)


def test_what_the_author_struck_out_is_not_taken_for_gone():
    assert html("a ~~b~~", "a ~~b~~ c") == (
        '<p>a <s>b</s><ins><span class="visually-hidden">Inserted: </span> c</ins></p>'
    )
    assert (
        change("a b", "a ~~b~~")
        == '<p>a <s><span class="reworked">b</span></s> <span class="note">now struck out</span></p>'
    )


def test_our_own_marks_cannot_be_typed():
    shown = html("a", '<span class="note">saved by nobody</span> <ins>b</ins>')

    assert '<span class="note">' not in OURS.sub("", shown)
    assert "&lt;ins&gt;" in shown


HARD = {
    "other words": ("word " * 90_000, "ward " * 90_000),
    "no spaces": ("a" * 400_000, "b" * 400_000),
    "alternating": ("a b " * 100_000, "b a " * 100_000),
    "emphasis": ("*a* " * 14_000, "**a** " * 14_000),
    "links": ("[a](b) " * 12_000, "[a](c) " * 12_000),
    "rows": ("|a|\n|-|\n" + "|x|\n" * 7_000, "|a|\n|-|\n" + "|y|\n" * 7_000),
    "deep": (">" * 90 + "x\n\n" + "a\n\n" * 5000, ">" * 91 + "x\n\n" + "b\n\n" * 5000),
    "brackets": ("[" * 200_000, "]" * 200_000),
    "items": ("- a b c\n" * 12_000, "- c b a\n" * 12_000),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_texts_are_compared_in_bounded_time(name):
    started = time.process_time()

    rendering = rendered.compare(*HARD[name])

    assert time.process_time() - started < 6
    assert rendering.shown >= 1


@pytest.mark.parametrize("text", ["a" * 500_001, "*a* " * 40_000])
def test_texts_too_long_for_it_are_refused(text):
    with pytest.raises(TooLong):
        rendered.compare("a", text)
    with pytest.raises(TooLong):
        rendered.opened_units(text, first=1, last=2)
