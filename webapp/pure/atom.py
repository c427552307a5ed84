"""A feed that readers' programs understand: Atom 1.0 (RFC 4287)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"

# What XML 1.0 cannot hold, escaped neither (its production 2, Char).
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. `id` is a URI that never changes; `summary` is plain text, `tags` are its categories."""

    id: str
    title: str
    link: str
    author: str
    published: datetime
    updated: datetime
    summary: str
    tags: tuple[str, ...] = ()


def feed(items: Iterable[Item], *, id: str, title: str, address: str, home: str, updated: datetime) -> bytes:  # noqa: A002  Atom's own word
    """Return the document in UTF-8; `address` is where it is got, `home` the page that it stands for."""
    root = ET.Element("feed", {"xmlns": NAMESPACE})
    _put(root, "id", id)
    _put(root, "title", title)
    _put(root, "updated", _moment(updated))
    ET.SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": address})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": home})
    for item in items:
        _entry(root, item)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: ET.Element, item: Item) -> None:
    entry = ET.SubElement(root, "entry")
    _put(entry, "id", item.id)
    _put(entry, "title", item.title)
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.link})
    _put(ET.SubElement(entry, "author"), "name", item.author)
    _put(entry, "published", _moment(item.published))
    _put(entry, "updated", _moment(item.updated))
    _put(entry, "summary", item.summary)
    for tag in item.tags:
        ET.SubElement(entry, "category", {"term": _fit(tag)})


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _fit(text)


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
