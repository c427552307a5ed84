"""The last word on which tags, attributes and addresses may stand in a page made from someone's text."""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import cache

import nh3

HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TAGS = HEADING_TAGS | {
    *("p", "br", "hr", "blockquote", "pre", "ul", "ol", "li", "section"),
    *("em", "strong", "del", "code", "a", "img", "span", "sup"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title", "class", "id", "aria-label"},
    "img": {"src", "title", "alt"},
    "ol": {"start"},
    "code": {"class"},
    "span": {"class"},
    "li": {"id"},
    **{tag: {"id"} for tag in HEADING_TAGS},
}
ALIGNMENTS = {"align": {"left", "center", "right"}}
SCHEMES = frozenset({"http", "https", "mailto"})
LINK_REL = "nofollow noopener ugc"
REMOTE_IMAGE_CLASS = "remote-image"
MARK_TAGS = frozenset({"ins", "s"})
MARK_CLASSES = frozenset({"note", "reworked", "end", "visually-hidden"})

SCHEME = re.compile(r"([^/?#]*?):")
# A browser strips blanks and control characters from an address before it reads it, and takes \ for /.
DECEPTIVE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
LANGUAGE_CLASS = re.compile(r"language-[\w.+#-]{1,40}")
HEADING_ID = re.compile(r"s-\S+")
FOOTNOTE_ID = re.compile(r"(fn|fnref)-\d+")


def clean(html: str, *, marked: bool = False) -> str:
    """Return `html` with nothing in it but what is listed above; cleaning twice is the same as once.

    `marked` is for our own marks in it: what went, what came, and remarks on it.

    The time grows with the square of the nesting depth: the caller bounds it.
    """
    return (_marked_cleaner() if marked else _cleaner()).clean(html)


def may_link(address: str) -> bool:
    """Say whether a link may lead to `address`: http, https, mailto, or somewhere on this site."""
    if not address or DECEPTIVE.search(address):
        return False
    scheme = SCHEME.match(address)
    return scheme[1].lower() in SCHEMES if scheme else not address.startswith("//")


def is_local(address: str) -> bool:
    """Say whether `address` is on this site: relative, without a scheme or a host."""
    return may_link(address) and not SCHEME.match(address)


@cache
def _cleaner() -> nh3.Cleaner:
    return _made(TAGS, _allowed_value)


@cache
def _marked_cleaner() -> nh3.Cleaner:
    def allowed(tag: str, attribute: str, value: str) -> str | None:
        ours = tag == "span" and attribute == "class" and value in MARK_CLASSES
        return value if ours else _allowed_value(tag, attribute, value)

    return _made(TAGS | MARK_TAGS, allowed)


def _made(tags: AbstractSet[str], allowed: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        attributes=ATTRIBUTES,
        tag_attribute_values={"th": ALIGNMENTS, "td": ALIGNMENTS},
        attribute_filter=allowed,
        url_schemes=SCHEMES,
        link_rel=LINK_REL,
    )


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    match attribute:
        case "href":
            allowed = may_link(value)
        case "src":
            allowed = is_local(value)
        case "class" if tag == "code":
            allowed = LANGUAGE_CLASS.fullmatch(value) is not None
        case "class":
            allowed = value == REMOTE_IMAGE_CLASS
        case "id":
            allowed = (HEADING_ID if tag in HEADING_TAGS else FOOTNOTE_ID).fullmatch(value) is not None
        case "start":
            allowed = value.isdecimal()
        case _:
            allowed = True
    return value if allowed else None
