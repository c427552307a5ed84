"""The feed as a document: what RFC 4287 asks for, and nothing that a program could stumble over."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import atom
from webapp.pure.atom import Item

AT = datetime(2026, 11, 23, 14, 2, 5, 99, tzinfo=UTC)
NAMES = {"atom": atom.NAMESPACE}


def item(**changed) -> Item:
    facts = {
        "id": "urn:uuid:1",
        "title": "A title",
        "link": "https://desk.example/1",
        "author": "Ana",
        "published": AT,
        "updated": AT,
        "summary": "Words.",
    }
    return Item(**facts | changed)


def parsed(*items: Item) -> ET.Element:
    return ET.fromstring(  # noqa: S314  our own
        atom.feed(
            items,
            id="urn:uuid:0",
            title="Stet",
            address="https://desk.example/feed.atom",
            home="https://desk.example/",
            updated=AT,
        )
    )


def test_a_feed_has_what_every_feed_needs():
    feed = parsed()

    assert feed.tag == f"{{{atom.NAMESPACE}}}feed"
    assert [(one.tag.partition("}")[2], one.text or one.get("href")) for one in feed] == [
        ("id", "urn:uuid:0"),
        ("title", "Stet"),
        ("updated", "2026-11-23T14:02:05+00:00"),
        ("link", "https://desk.example/feed.atom"),
        ("link", "https://desk.example/"),
    ]
    assert [link.get("rel") for link in feed.findall("atom:link", NAMES)] == ["self", "alternate"]


def test_an_entry_has_what_every_entry_needs():
    (entry,) = parsed(item(tags=("sea", "travel"))).findall("atom:entry", NAMES)

    assert {one.tag.partition("}")[2]: one.text for one in entry} == {
        "id": "urn:uuid:1",
        "title": "A title",
        "link": None,
        "author": None,
        "published": "2026-11-23T14:02:05+00:00",
        "updated": "2026-11-23T14:02:05+00:00",
        "summary": "Words.",
        "category": None,
    }
    assert entry.findtext("atom:author/atom:name", namespaces=NAMES) == "Ana"
    assert [category.get("term") for category in entry.findall("atom:category", NAMES)] == ["sea", "travel"]
    assert entry.find("atom:link", NAMES).get("href") == "https://desk.example/1"


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_arrives_but_for_what_xml_cannot_hold(title, author, summary, tag):
    (entry,) = parsed(item(title=title, author=author, summary=summary, tags=(tag,))).findall("atom:entry", NAMES)

    assert entry.findtext("atom:title", namespaces=NAMES) == received(title)
    assert entry.findtext("atom:author/atom:name", namespaces=NAMES) == received(author)
    assert entry.findtext("atom:summary", namespaces=NAMES) == received(summary)


def test_control_characters_are_left_out():
    (entry,) = parsed(item(title="a\x00b\x0bc\x1bd\ufffee\ud800f\tg")).findall("atom:entry", NAMES)

    assert entry.findtext("atom:title", namespaces=NAMES) == "abcdef\tg"


def test_markup_is_escaped():
    (entry,) = parsed(item(summary="<b onclick='x'>&amp;</b>]]>")).findall("atom:entry", NAMES)

    assert entry.findtext("atom:summary", namespaces=NAMES) == "<b onclick='x'>&amp;</b>]]>"
    assert list(entry.find("atom:summary", NAMES)) == []


def received(text: str) -> str:
    """Return what a parser makes of `text`: XML's own set of characters, and line ends as LF."""
    fit = "".join(c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff")
    return fit.replace("\r\n", "\n").replace("\r", "\n")
