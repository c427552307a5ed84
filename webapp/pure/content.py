"""What may be stored as a post: normalised once, at one place, before anything is compared or hashed."""

import re
from dataclasses import dataclass

from webapp.errors import Invalid, TooLarge

TITLE_CHARACTERS = 300
NOTE_CHARACTERS = 500
TAG_CHARACTERS = 60
TAGS = 50
TAG_SEPARATOR = ", "

_LINE_ENDS = re.compile(r"\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Content:
    """The words of one revision. `tags` is the normalised list, joined by ", "."""

    title: str
    body: str
    tags: str
    note: str

    @property
    def body_bytes(self) -> bytes:
        """The body in UTF-8, as it is packed and hashed."""
        return self.body.encode()


def normalise(*, title: str, body: str, tags: str, note: str, max_body_bytes: int) -> Content:
    """Return what would be stored: line ends are LF, titles, tags and notes have no stray space.

    Unicode stays as it was typed (no NFC), invisible characters included.
    Raises Invalid, naming every field that cannot be stored, or TooLarge for the body alone.
    """
    content = Content(
        title=_one_line(title),
        body=line_ends(body),
        tags=join_tags(tags),
        note=_one_line(note),
    )
    wrong = _unstorable(content)
    if not content.title:
        wrong.setdefault("title", "A post needs a title.")
    if len(content.title) > TITLE_CHARACTERS:
        wrong.setdefault(
            "title",
            f"A title has at most {TITLE_CHARACTERS} characters, this one {len(content.title)}.",
        )
    if len(content.note) > NOTE_CHARACTERS:
        wrong.setdefault(
            "note",
            f"A note has at most {NOTE_CHARACTERS} characters, this one {len(content.note)}.",
        )
    wrong |= _too_many(split_tags(content.tags))
    if wrong:
        raise Invalid(wrong)
    size = len(content.body_bytes)
    if size > max_body_bytes:
        raise TooLarge({"body": f"A text has at most {_mib(max_body_bytes)} MiB, this one {_mib(size)} MiB."})
    return content


def line_ends(text: str) -> str:
    """Return `text` with LF line ends; browsers send CRLF for what was typed."""
    return _LINE_ENDS.sub("\n", text)


def split_tags(tags: str) -> tuple[str, ...]:
    """Return the tags of a comma-separated list, the first spelling of each, in the order typed."""
    unique: dict[str, str] = {}
    for tag in tags.split(","):
        name = _one_line(tag)
        if name:
            unique.setdefault(name.casefold(), name)
    return tuple(unique.values())


def join_tags(tags: str) -> str:
    """Return the normalised form of a comma-separated list."""
    return TAG_SEPARATOR.join(split_tags(tags))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unstorable(content: Content) -> dict[str, str]:
    wrong = {}
    for field in ("title", "body", "tags", "note"):
        text = getattr(content, field)
        if "\0" in text:
            wrong[field] = f"The {field} holds a NUL character, which cannot be stored."
        elif not text.isascii() and (found := _SURROGATE.search(text)):
            wrong[field] = f"The {field} holds half a character (U+{ord(found[0]):04X}), which cannot be stored."
    return wrong


def _too_many(tags: tuple[str, ...]) -> dict[str, str]:
    if len(tags) > TAGS:
        return {"tags": f"A post has at most {TAGS} tags, this one {len(tags)}."}
    longest = max(tags, key=len, default="")
    if len(longest) > TAG_CHARACTERS:
        return {"tags": f"A tag has at most {TAG_CHARACTERS} characters; “{longest[:20]}…” has {len(longest)}."}
    return {}


def _mib(size_bytes: int) -> str:
    return f"{size_bytes / 2**20:.3g}"
