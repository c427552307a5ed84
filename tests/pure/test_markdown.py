"""What becomes of each construct of GitHub-flavoured Markdown, and of texts made to exhaust the renderer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import markdown
from webapp.pure.headings import Heading
from webapp.pure.markdown import document, render

REL = 'rel="nofollow noopener ugc"'


def test_paragraphs_emphasis_and_code_become_html():
    assert render("*a* **b** ~~c~~ `d`\n") == ("<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n")


def test_a_table_keeps_the_alignment_of_its_columns():
    assert render("|a|b|c|\n|:-|-:|-|\n|1|2|3|\n") == (
        "<table>\n<thead>\n<tr>\n"
        '<th align="left">a</th>\n<th align="right">b</th>\n<th>c</th>\n'
        "</tr>\n</thead>\n<tbody>\n<tr>\n"
        '<td align="left">1</td>\n<td align="right">2</td>\n<td>3</td>\n'
        "</tr>\n</tbody>\n</table>\n"
    )


def test_a_numbered_list_may_start_later():
    assert render("7. a\n8. b\n") == '<ol start="7">\n<li>a</li>\n<li>b</li>\n</ol>\n'


def test_a_task_list_shows_ballot_boxes_and_no_form_control():
    assert render("- [x] a\n- [ ] b\n") == "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>\n"


def test_the_box_of_a_loose_task_stands_in_its_paragraph():
    assert render("- [x] a\n\n- [ ] b\n") == ("<ul>\n<li><p>☑ a</p>\n</li>\n<li><p>☐ b</p>\n</li>\n</ul>\n")


def test_a_fenced_block_names_its_language_and_nothing_else():
    assert render("```c++ hl=1\na<b\n```\n") == '<pre><code class="language-c++">a&lt;b\n</code></pre>\n'


def test_a_bare_address_becomes_a_link():
    assert render("www.a.example\n") == f'<p><a href="http://www.a.example" {REL}>www.a.example</a></p>\n'


def test_links_on_this_site_and_by_mail_stay():
    assert render('[a](/1 "t") [b](mailto:b@c.example)') == (
        f'<p><a href="/1" title="t" {REL}>a</a> <a href="mailto:b@c.example" {REL}>b</a></p>\n'
    )


def test_a_footnote_leads_there_and_back_by_numbers_of_our_own():
    assert render("a[^evil]\n\n[^evil]: b\n") == (
        f'<p>a<sup><a href="#fn-1" id="fnref-1" {REL}>1</a></sup></p>\n'
        '<section>\n<ol>\n<li id="fn-1">\n'
        f'<p>b <a href="#fnref-1" aria-label="Back to reference 1" {REL}>↩</a></p>\n'
        "</li>\n</ol>\n</section>\n"
    )


def test_an_image_of_this_site_is_shown():
    assert render('![a](/b.png "c")') == '<p><img src="/b.png" alt="a" title="c"></p>\n'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![a](http://b.example/c.png)", f'<a href="http://b.example/c.png" class="remote-image" {REL}>a</a>'),
        ("![](http://b.example/c)", f'<a href="http://b.example/c" class="remote-image" {REL}>http://b.example/c</a>'),
        ("[![a](http://b.example)](/d)", f'<a href="/d" {REL}><span class="remote-image">a</span></a>'),
        ("![a](data:image/png;base64,x)", '<span class="remote-image">a</span>'),
        ("![a](//b.example/c.png)", '<span class="remote-image">a</span>'),
    ],
)
def test_an_image_from_elsewhere_is_never_loaded(text, shown):
    assert render(text) == f"<p>{shown}</p>\n"


def test_raw_html_is_shown_as_it_was_typed():
    assert render("a <b title='<i>'>c</b>\n") == "<p>a &lt;b title='&lt;i&gt;'&gt;c&lt;/b&gt;</p>\n"


def test_a_block_of_raw_html_is_shown_as_code():
    assert render("<div>\n&nbsp;*a*\n</div>\n") == (
        "<pre><code>&lt;div&gt;\n&amp;nbsp;*a*\n&lt;/div&gt;\n</code></pre>\n"
    )


def test_a_comment_stays_hidden():
    assert render("<!-- a\nb -->\n\nc <!-- d -->e\n") == "<p>c e</p>\n"


def test_an_unfinished_comment_does_not_swallow_the_text():
    assert render("<!-- a\n\nb\n") == "<pre><code>&lt;!-- a\n\nb\n</code></pre>\n"


def test_headings_carry_the_anchors_of_the_contents():
    page = document("# A *b* & `<c>`\n\nD\n===\n")

    assert page.html == '<h1 id="s-a-b--c">A <em>b</em> &amp; <code>&lt;c&gt;</code></h1>\n<h1 id="s-d">D</h1>\n'
    assert page.headings == (Heading(1, "A b & <c>", "s-a-b--c"), Heading(1, "D", "s-d"))


def test_a_heading_without_words_has_no_entry():
    assert document("#\n\n## a\n").headings == (Heading(2, "a", "s-a"),)


def test_a_heading_is_named_by_its_picture_but_not_by_its_footnote():
    assert document("# ![a](b.png) ![c](http://d.example) e[^1]\n\n[^1]: f\n").headings == (
        Heading(1, "a c e", "s-a-c-e"),
    )


def test_a_fragment_written_for_another_site_leads_to_our_anchor():
    assert render("[a](#gr%C3%B6%C3%9Fe) [b](#gone)\n\n# Größe\n") == (
        f'<p><a href="#s-größe" {REL}>a</a> <a href="#gone" {REL}>b</a></p>\n<h1 id="s-größe">Größe</h1>\n'
    )


def test_a_heading_named_like_a_footnote_does_not_catch_its_links():
    page = render("# fn 1\n\n[a](#fn-1) b[^1]\n\n[^1]: c\n")

    assert f'<a href="#s-fn-1" {REL}>a</a> b<sup><a href="#fn-1" id="fnref-1" {REL}>1</a></sup>' in page


def test_odd_characters_do_not_stop_the_page():
    assert render("a\0b\ud800\r\nc\x1b") == "<p>a\ufffdb?\nc\x1b</p>\n"


def test_a_text_over_the_limit_is_shown_as_typed():
    text = "# é" + "\n" * (markdown.LIMIT_BYTES - 3)

    assert document(text) == markdown.Document(render(text), ())
    assert render(text) == f"<pre>{text}</pre>"


@pytest.mark.parametrize(
    "text",
    [">" * 101 + " <b>", "- " * 51 + "<b>", "*a **b " * 51 + "<b>" + "** c*" * 51, "1. " * 60],
    ids=["quotes", "lists", "emphasis", "numbered lists"],
)
def test_a_text_nested_too_deep_is_shown_as_typed(text):
    assert render(text) == "<pre>" + text.replace("<", "&lt;").replace(">", "&gt;") + "</pre>"


def test_nesting_up_to_the_limit_is_laid_out():
    assert render(">" * 99 + "a").count("<blockquote>") == 99


SHAPES = {
    "quotes": ">", "quotes apart": "> ", "lists": "- ", "numbered lists": "1. ", "list in quote": "> - 1. ",
    "brackets": "[", "images": "![", "open links": "[a](", "pointed links": "[a](<b", "references": "[a]",
    "bracket lines": "[a\n", "image soup": "![[]()", "emphasis": "*a_ ", "strong": "*a **a ", "strikes": "~~a ",
    "stars": "*", "ticks": "a`b``c```", "ampersands": "&", "entities": "&#1234567;", "angles": "<", "tags": "<a>",
    "open tags": "<a ", "attributes": '<a href="', "comments": "<!--", "instructions": "a <?", "cdata": "a <![CDATA[",
    "blocks": "<div>\n\n", "schemes": "a:b://", "addresses": "http://", "www": "www.", "mail": "a@b.c.", "at": "_@a",
    "pipes": "|", "pipe rows": "|\n", "table heads": "|x|\n|-\n", "tables": "a|b\n-|-\n1|2\n\n", "many columns": "|a",
    "footnotes": "[^a]: [^a]\n", "open footnotes": "[^", "definitions": "[a]: u\n", "open titles": '[a]: u "',
    "headings": "# a\n", "underlined": "a\n=\n", "rules": "---\n", "fences": "```\na\n```\n", "tasks": "- [x] a\n\n",
    "links": "[a](b)", "remote images": "![a](http://b)", "badges": "[![a](http://b)](c)", "nul": "\0", "blank": "\n",
}  # fmt: skip
BOMBS = {
    "footnote bomb": "[^a]: x\n\n" + "[^a] " * 10_000,
    "reference bomb": "[a]: " + "u" * 10_000 + "\n\n" + "[a] " * 10_000,
    "table bomb": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|\n" * 10_000,
    "nested brackets": "[" * 20_000 + "]" * 20_000,
    "nested links": "[" * 9_000 + "a" + "](b)" * 9_000,
    "growing list": "".join(" " * 2 * depth + "- x\n" for depth in range(200)),
    "anchor race": "".join(f"# a-{number}\n" for number in range(2_000)) + "# a\n" * 2_000,
}


@pytest.mark.parametrize(
    "text", [*(shape * (40_000 // len(shape)) for shape in SHAPES.values()), *BOMBS.values()], ids=[*SHAPES, *BOMBS]
)
def test_hostile_shapes_come_back_and_their_page_is_bounded(text):
    assert len(render(text)) <= 80 * len(text)


@given(st.text(alphabet="#*_`[]()!<>&-|~\n :/^1ab=\"'", max_size=400))
def test_rendering_the_same_text_twice_is_the_same_page(text):
    assert document(text) == document(text)
