"""Nothing that someone writes becomes a script, a form, a style, a foreign address, or a name on our page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from webapp.pure import sanitiser
from webapp.pure.markdown import document

PAYLOADS = {
    "script block": "<script>alert(1)</script>",
    "script in a paragraph": "a <script>alert(1)</script>",
    "script split by an attribute": '<x y="<script>alert(1)</script>">',
    "event handler": "a <img src=x onerror=alert(1)>",
    "svg handler": "<svg/onload=alert(1)>",
    "svg inside math": "<math><mtext><table><mglyph><style><!--</style><img title='--><img src onerror=alert(1)>'>",
    "noscript mutation": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "template": "<template><script>alert(1)</script></template>",
    "iframe": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "object and embed": "<object data=x></object><embed src=x>",
    "base": "<base href=//evil.example>",
    "meta refresh": "<meta http-equiv=refresh content=0>",
    "style": "<style>*{display:none}</style><p style='position:fixed'>",
    "form": "<form action=//evil.example><input name=csrf_token><button>",
    "comment that ends early": "<!--> <img src=x onerror=alert(1)> -->",
    "comment with a bang": "a <!-- --!> <img src=x onerror=alert(1)> -->",
    "cdata": "a <![CDATA[><script>alert(1)</script>]]>",
    "processing instruction": "a <?x><script>alert(1)</script>?>",
    "unfinished tag": "<script src=//evil.example",
    "javascript link": "[a](javascript:alert(1))",
    "javascript link in capitals": "[a](JaVaScRiPt:alert(1))",
    "javascript link by entities": "[a](&#106;avascript&colon;alert(1))",
    "javascript link with a tab": "[a](java&Tab;script:alert(1))",
    "javascript link after a control": "[a](&#1;javascript:alert(1))",
    "javascript link percent-encoded": "[a](javascript%3Aalert(1))",
    "javascript autolink": "<javascript:alert(1)>",
    "javascript reference": "[a]\n\n[a]: javascript:alert(1)",
    "javascript image": "![a](javascript:alert(1))",
    "vbscript link": "[a](vbscript:x)",
    "data link": "[a](data:text/html,<script>alert(1)</script>)",
    "file link": "[a](file:///etc/passwd)",
    "unknown scheme": "[a](magnet:?xt=x) <ssh://a> [b](x-foo:y)",
    "link to a host by two slashes": "[a](//evil.example)",
    "link to a host by backslashes": "[a](\\\\\\\\evil.example) [b](/\\\\evil.example)",
    "link to a host after a blank": "[a](<  //evil.example>) [b](&Tab;//evil.example)",
    "attribute break in a title": "[a](b 'c\" onclick=\"alert(1)')",
    "attribute break in an address": '[a](<b"onclick="alert(1)>)',
    "attribute break in an alt": '![a" onerror="alert(1)](b)',
    "attribute break in a language": '```a"onclick="alert(1)\nb\n```',
    "class by a language": "```x&#32;modal&#32;open\nb\n```",
    "htmx attributes": '<div hx-get="/erase" hx-trigger="load" data-hx-post="/x">',
    "id and name": '<a id="workspace" name="csrf_token">',
    "id by a heading": '# <x id="workspace">" id="workspace',
    "id by a footnote": 'a[^x"id="workspace]\n\n[^x"id="workspace]: b',
    "id by a footnote named like ours": "a[^1-2] b[^1] c[^1]\n\n[^1]: d\n\n[^1-2]: e",
    "anchor in a link text": "# a\n\n[b [^n]](c)\n\n[^n]: <b id=x>",
    "handler in a table": "|a|\n|-|\n|<img src=x onerror=alert(1)>|",
    "checkbox": "- [x] <input name=a>",
}  # fmt: skip

NAMED = re.compile(r"s-[^\s\"'<>&]+|(fn|fnref)-\d+")
LANGUAGE = re.compile(r"language-[\w.+#-]+")


class Page(HTMLParser):
    """Collects whatever in a page is not what a post may hold, and the ids it holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forbidden: list[tuple[str, ...]] = []
        self.elements: set[tuple[str, ...]] = set()
        self.ids: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):  # noqa: D102
        self.elements.add((tag, *map(str, attrs)))
        if tag not in sanitiser.TAGS:
            self.forbidden.append((tag,))
        for name, value in attrs:
            if not self._may_have(tag, name, value or ""):
                self.forbidden.append((tag, name, value or ""))

    def _may_have(self, tag, name, value):
        match name:
            case "href":
                return tag == "a" and re.match(r"https?:|mailto:|(?!/[/\\])[^:]*([/?#]|$)", value, re.IGNORECASE)
            case "src":
                return tag == "img" and re.match(r"(?!/[/\\])[^:]*([/?#]|$)", value)
            case "id":
                self.ids.append(value)
                return NAMED.fullmatch(value)
            case "class":
                return LANGUAGE.fullmatch(value) if tag == "code" else value == "remote-image"
            case "rel":
                return value == "nofollow noopener ugc"
            case _:
                return name in {"title", "alt", "align", "start", "aria-label"}

    def handle_comment(self, data):  # noqa: D102
        self.forbidden.append(("comment", data))

    def handle_decl(self, decl):  # noqa: D102
        self.forbidden.append(("declaration", decl))

    def handle_pi(self, data):  # noqa: D102
        self.forbidden.append(("instruction", data))


def assert_harmless(text):
    html, headings = document(text).html, document(text).headings
    page = Page(html)
    assert page.forbidden == []
    assert len(page.ids) == len(set(page.ids))
    assert [one for one in page.ids if one.startswith("s-")] == [heading.anchor for heading in headings]
    assert_settled(html)


def assert_settled(html):
    """A browser reads it once more, and may move an element as HTML has it, `<a>` in a table; none may come of that."""
    again = Page(sanitiser.clean(html))
    assert again.forbidden == []
    assert again.elements <= Page(html).elements


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_payload_leaves_nothing_but_text(payload):
    assert_harmless(payload)
    assert_harmless(f"> - **{payload}**\n")


MARKDOWN = [
    "# ", "> ", "- ", "1. ", "[", "](", ")", "![", "<", ">", '"', "'", "`", "```", "~~", "*", "**", "_", "\n",
    "\n\n", "    ", "&", ";", ":", "//", "\\", "|", "javascript:", "http://a.example", "[^a]", "[^a]: ", "a",
    "-->", "<!--", "</", "<a ", "href=", "<b>", "- [x] ", "\t", "\x00", "\x1b", "é", "🎉", "&#x3c;", "&colon;",
    "www.b.example", "c@d.e", "a|b\n-|-\n",
]  # fmt: skip
HTML = [
    "<a ", "<p>", "</p>", "<table>", "<tr>", "<td ", "<img ", "<h1 ", "<span ", "<code ", ">", "href=", "src=",
    "id=", "class=", "name=", "style=", "onclick=", "hx-get=", "'javascript:a'", "'//b'", "'s-a'", "'fn-1'",
    "'x'", "'language-c'", "'remote-image'", "align=", "'left'", "<script>", "</script>", "<svg>", "<math>",
    "<style>", "</style>", "<form>", "<input ", "<!--", "-->", "<template>", "a", "&amp;", "&lt;", '"', "'",
]  # fmt: skip


def soup(*ingredients):
    return st.lists(st.one_of(st.text(max_size=4), *map(st.sampled_from, ingredients)), max_size=30).map("".join)


@settings(max_examples=400)
@given(soup(MARKDOWN, list(PAYLOADS.values())))
def test_any_soup_of_markdown_leaves_nothing_but_what_a_post_may_hold(text):
    assert_harmless(text)


@settings(max_examples=300)
@given(soup(HTML))
@example("<A><table><A>")
def test_even_without_the_renderer_before_it_the_sanitiser_lets_nothing_through_and_once_is_enough(html):
    cleaned = sanitiser.clean(html)

    assert Page(cleaned).forbidden == []
    assert_settled(cleaned)


@pytest.mark.parametrize(
    ("address", "link", "image"),
    [
        ("/a", True, True),
        ("a/b:c", True, True),
        ("?q=a:b", True, True),
        ("#a", True, True),
        ("http://a.example", True, False),
        ("HTTPS://a.example", True, False),
        ("mailto:a@b.example", True, False),
        ("", False, False),
        ("//a.example", False, False),
        ("/\\a.example", False, False),
        (" /a", False, False),
        ("a:b", False, False),
        ("java\nscript:a", False, False),
        ("javascript:a", False, False),
    ],
)
def test_an_address_is_judged_as_a_browser_reads_it(address, link, image):
    assert (sanitiser.may_link(address), sanitiser.is_local(address)) == (link, image)


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<h1 id="workspace">a</h1>', "<h1>a</h1>"),
        ('<h1 id="s-a b">a</h1>', "<h1>a</h1>"),
        ('<h2 id="s-a">a</h2>', '<h2 id="s-a">a</h2>'),
        ('<li id="s-a">a</li>', "<li>a</li>"),
        ('<p id="s-a">a</p>', "<p>a</p>"),
        ('<code class="language-c open">a</code>', "<code>a</code>"),
        ('<span class="modal">a</span>', "<span>a</span>"),
        ('<p class="language-c">a</p>', "<p>a</p>"),
        ('<ol start="x"><li>a</li></ol>', "<ol><li>a</li></ol>"),
        ('<img src="http://a.example/b.png" alt="c">', '<img alt="c">'),
        ("<input type=checkbox disabled>a", "a"),
    ],
)
def test_names_classes_and_numbers_are_only_those_the_house_gives(html, cleaned):
    assert sanitiser.clean(html) == cleaned


def test_our_own_marks_are_let_through_only_where_they_are_ours():
    marks = '<ins><span class="note">a</span></ins><s class="x"><span class="banner">b</span></s>'

    assert sanitiser.clean(marks, marked=True) == '<ins><span class="note">a</span></ins><s><span>b</span></s>'
    assert sanitiser.clean(marks) == "<span>a</span><span>b</span>"
