"""Markdown to the HTML that readers see: the only place in the house that makes Markup out of someone's text."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from markupsafe import Markup, escape

from webapp.pure import cmark, sanitiser
from webapp.pure.headings import ANCHOR_PREFIX, Contents, Heading

LIMIT_BYTES = 2 * 1024 * 1024
# The sanitiser takes about 3 µs a tag and is quadratic in depth and in the ampersands of a text (36 s for 2 MiB of
# them); a contents list is not free either. A text beyond these limits is shown as it was typed.
LIMIT_DEPTH = 100
LIMIT_TAGS = 400_000
LIMIT_AMPERSANDS = 100_000
LIMIT_RAW_TAGS = 200_000

# All of these match cmark's own output, in which no "<", ">" or quote inside a text or a value is left unescaped.
TAG = re.compile(r"<(/?)(\w+)[^>]*>")
VOID_TAGS = frozenset({"br", "hr", "img", "input"})
CHECKBOX = re.compile(r'<input type="checkbox"( checked="")? disabled="" />\s*(<p>)?')
IMAGE_OR_LINK = re.compile(r'(</?a\b)|<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? />')
ALT = re.compile(r'<img [^>]*alt="([^"]*)"[^>]*>')
HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
FOOTNOTE_MARK = re.compile(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
# An author's own link has neither an id nor a class.
FOOTNOTE_POINT = re.compile(r'(?: id="|href="#(?=[^"]*" (?:id|class)=))(fn|fnref)-([^"]*)"')
FOOTNOTE_BACK = re.compile(r'(<a href="#fnref-\d+") class="footnote-backref"[^>]*( aria-label=)')
FRAGMENT = re.compile(r'href="#([^"]*)"(?! (?:id|aria-label)=)')


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered text: `html` to put on a page, and its table of contents in reading order."""

    html: Markup
    headings: tuple[Heading, ...]


def render(text: str) -> Markup:
    """Return `text`, GitHub-flavoured Markdown, as safe HTML."""
    return document(text).html


def marked(html: str) -> Markup:
    """Return `html` that was woven from rendered texts, with what went and what came marked, as safe HTML."""
    return Markup(sanitiser.clean(html, marked=True))  # noqa: S704


def document(text: str) -> Document:
    """Return `text`, GitHub-flavoured Markdown, as safe HTML with its headings.

    Never raises: a text too long, too deep or too dense to lay out in time comes back as it is, in one
    `<pre>`, without headings. Nothing is fetched: an image on another site becomes a link to it.
    """
    if _is_too_long(text):
        return _as_typed(text)
    html = cmark.to_html(text)
    if _costs_too_much(html):
        return _as_typed(text)
    html = CHECKBOX.sub(_ballot_box, html)
    html = _without_remote_images(html)
    html = _with_numbered_footnotes(html)
    html, contents = _with_anchors(html)
    return Document(Markup(sanitiser.clean(html)), contents.headings)  # noqa: S704


def _as_typed(text: str) -> Document:
    return Document(Markup("<pre>{}</pre>").format(text), ())


def _is_too_long(text: str) -> bool:
    return len(text.encode("utf-8", "replace")) > LIMIT_BYTES or text.count("<") > LIMIT_RAW_TAGS


def _costs_too_much(html: str) -> bool:
    if html.count("<") > LIMIT_TAGS or html.count("&amp;") > LIMIT_AMPERSANDS:
        return True
    depth = 0
    for tag in TAG.finditer(html):
        if tag[1]:
            depth -= 1
        elif tag[2] not in VOID_TAGS:
            depth += 1
            if depth > LIMIT_DEPTH:
                return True
    return False


def _ballot_box(checkbox: re.Match[str]) -> str:
    # Text instead of an input: then no form control at all has to be let through the sanitiser.
    return (checkbox[2] or "") + ("☑ " if checkbox[1] else "☐ ")


def _without_remote_images(html: str) -> str:
    # The content policy lets a page load images of this site only; a broken picture would tell the reader nothing.
    inside_link = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal inside_link
        if match[1]:
            inside_link = match[1] == "<a"
            return match[0]
        address, alt = match[2], match[3]
        if sanitiser.is_local(unescape(address)):
            return match[0]
        label = f'class="{sanitiser.REMOTE_IMAGE_CLASS}">{alt or address}'
        if inside_link or not sanitiser.may_link(unescape(address)):
            return f"<span {label}</span>"
        return f'<a href="{address}" {label}</a>'

    return IMAGE_OR_LINK.sub(replaced, html)


def _with_numbered_footnotes(html: str) -> str:
    # cmark makes ids out of the author's labels; ours are numbers, and none is given twice.
    numbers: dict[str, int] = {}
    given: set[str] = set()

    def numbered(match: re.Match[str]) -> str:
        point = f"{match[1]}-{numbers.setdefault(match[2], len(numbers) + 1)}"
        if match[0].startswith("href"):
            return f'href="#{point}"'
        if point in given:
            return ""
        given.add(point)
        return f' id="{point}"'

    return FOOTNOTE_BACK.sub(r"\1\2", FOOTNOTE_POINT.sub(numbered, html))


def _with_anchors(html: str) -> tuple[str, Contents]:
    contents = Contents()

    def anchored(match: re.Match[str]) -> str:
        text = _plain(match[2])
        if not text:
            return match[0]
        heading = contents.add(int(match[1]), text)
        return f'<h{match[1]} id="{heading.anchor}">{match[2]}</h{match[1]}>'

    def led_to_ours(match: re.Match[str]) -> str:
        # Authors write #usage, as on other sites; the prefix is our business.
        anchor = ANCHOR_PREFIX + unquote(unescape(match[1])).lower()
        return f'href="#{escape(anchor)}"' if anchor in contents else match[0]

    html = HEADING.sub(anchored, html)
    return FRAGMENT.sub(led_to_ours, html), contents


def _plain(html: str) -> str:
    """Return what a reader sees of a heading's `html`, in one line."""
    words = TAG.sub("", ALT.sub(r"\1", FOOTNOTE_MARK.sub("", html)))
    return " ".join(unescape(words).split())
