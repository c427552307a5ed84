"""Says in a few words how something looks otherwise though it reads the same: another link, bold, a heading no more."""

from html import escape, unescape

from webapp.pure.units import Node

NOTE_CLASS, REWORKED_CLASS, END_CLASS = "note", "reworked", "end"
END = f'<span class="{END_CLASS}">¶</span>'
"""Stands for the end of a block that went or came by itself."""
LONGEST_ADDRESS = 100  # characters of an address that a note quotes

_LOOKS = {"em": "italic", "strong": "bold", "s": "struck out", "code": "code", "sup": "raised"}
_BLOCKS = {"pre": "code", "th": "a heading of a column", "td": "a cell", "p": "a paragraph"}


def note(words: str) -> str:
    """Return a remark as it stands in a rendered text."""
    return f' <span class="{NOTE_CLASS}">{escape(words)}</span>'


def of_words(was: tuple[Node, ...], now: tuple[Node, ...]) -> tuple[str, ...]:
    """Return what differs between two words that read the same, by the elements around them; blocks apart."""
    old, new = _looks(was), _looks(now)
    remarks = [f"now {look}" for look in sorted(new - old)] + [f"no longer {look}" for look in sorted(old - new)]
    old_link, new_link = _link(was), _link(now)
    if old_link == new_link:
        return tuple(remarks)
    if old_link is None or new_link is None:
        return (*remarks, f"now a link to {new_link}" if old_link is None else f"no longer a link to {old_link}")
    return (*remarks, f"link target changed from {old_link} to {new_link}")


def of_block(was: tuple[Node, ...], now: tuple[Node, ...]) -> str:
    """Return what kind of block it was, if that is another one; else nothing."""
    old, new = _kind(was), _kind(now)
    return "" if old == new else f"was {old}"


def _looks(path: tuple[Node, ...]) -> set[str]:
    in_block = any(node.name == "pre" for node in path)
    return {_LOOKS[node.name] for node in path if node.name in _LOOKS and not (in_block and node.name == "code")}


def _link(path: tuple[Node, ...]) -> str | None:
    start = next((node.start for node in path if node.name == "a"), None)
    if start is None:
        return None
    address = unescape(start.partition('href="')[2].partition('"')[0])
    return address if len(address) <= LONGEST_ADDRESS else f"{address[: LONGEST_ADDRESS - 1]}…"


def _kind(path: tuple[Node, ...]) -> str:
    """Return in words what the innermost block is."""
    blocks = [node.name for node in path if node.is_block]
    if blocks[-1:] == ["p"] and blocks[-2:-1] in (["li"], ["blockquote"]):
        blocks.pop()
    name = blocks[-1] if blocks else "p"
    if name == "li":
        depth = blocks.count("li")
        words = "an item of a numbered list" if blocks[-2:-1] == ["ol"] else "an item of a list"
        return words if depth == 1 else f"{words}, {depth} deep"
    if name == "blockquote":
        return "a quotation"
    return f"a heading of level {name[1]}" if name[0] == "h" and name[1:].isdecimal() else _BLOCKS.get(name, "text")
