"""What may be stored as a post: normalised once, at one place, before anything is compared or hashed."""

import hashlib
from dataclasses import dataclass

from webapp.errors import Invalid, TooLarge

TITLE_CHARACTERS = 300
NOTE_CHARACTERS = 500
LABEL_CHARACTERS = 120
TAG_CHARACTERS = 60
TAGS = 50
TAG_SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class Writing:
    """What a revision or a form says, as it is compared, merged and taken back; nothing of it is checked yet."""

    title: str
    tags: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Content:
    """The words of one revision. `tags` is the normalised list, joined by ", "."""

    title: str
    body: str
    tags: str
    note: str
    body_bytes: bytes
    """The body in UTF-8, as it is packed and hashed."""


def normalise(*, title: str, body: str, tags: str, note: str, max_body_bytes: int) -> Content:
    """Return what would be stored: line ends are LF, titles, tags and notes have no stray space.

    Unicode stays as it was typed (no NFC), invisible characters included.
    Raises Invalid, naming every field that cannot be stored, or TooLarge for the body alone.
    """
    texts = {"title": one_line(title), "body": line_ends(body), "tags": join_tags(tags), "note": one_line(note)}
    wrong: dict[str, str] = {}
    stored = {name: _bytes(name, text, wrong) for name, text in texts.items()}
    if not texts["title"]:
        wrong.setdefault("title", "A post needs a title.")
    for name, most in (("title", TITLE_CHARACTERS), ("note", NOTE_CHARACTERS)):
        if len(texts[name]) > most:
            wrong.setdefault(name, f"A {name} has at most {most} characters, this one {len(texts[name])}.")
    wrong |= _too_many(split_tags(texts["tags"]))
    if wrong:
        raise Invalid(wrong)
    _limit(stored["body"], max_body_bytes)
    return Content(**texts, body_bytes=stored["body"])


def label_name(text: str) -> str:
    """Return the name of a revision as it is stored: one line, without stray space.

    Raises Invalid for nothing, for more than LABEL_CHARACTERS, and for what no database can hold.
    """
    return _line("name", text, most=LABEL_CHARACTERS, missing="Type a name for this revision.")


def reason(text: str) -> str:
    """Return why a text is erased, as it is stored: one line, without stray space.

    Raises Invalid for nothing, for more than NOTE_CHARACTERS, and for what no database can hold.
    """
    missing = "Say why: the history keeps the reason in place of the text."
    return _line("reason", text, most=NOTE_CHARACTERS, missing=missing)


def as_typed(*, title: str, body: str, tags: str, note: str, max_body_bytes: int) -> Content:
    """Return what somebody typed as a draft keeps it: only line ends are made LF, nothing is asked for.

    Raises Invalid for what no database can hold, TooLarge for the body alone.
    """
    texts = {"title": title, "body": body, "tags": tags, "note": note}
    texts = {name: line_ends(text) for name, text in texts.items()}
    wrong: dict[str, str] = {}
    stored = {name: _bytes(name, text, wrong) for name, text in texts.items()}
    if wrong:
        raise Invalid(wrong)
    _limit(stored["body"], max_body_bytes)
    return Content(**texts, body_bytes=stored["body"])


def fingerprint(typed: Content) -> bytes:
    """Return the SHA-256 of all that was typed: title, tags and note, each on a line, then the body, in UTF-8."""
    words = "\n".join((typed.title, typed.tags, typed.note, ""))
    return hashlib.sha256(words.encode() + typed.body_bytes).digest()


def line_ends(text: str) -> str:
    """Return `text` with LF line ends; browsers send CRLF for what was typed."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split_tags(tags: str) -> tuple[str, ...]:
    """Return the tags of a comma-separated list, the first spelling of each, in the order typed."""
    unique: dict[str, str] = {}
    for tag in tags.split(","):
        name = one_line(tag)
        if name:
            unique.setdefault(name.casefold(), name)
    return tuple(unique.values())


def join_tags(tags: str) -> str:
    """Return the normalised form of a comma-separated list."""
    return TAG_SEPARATOR.join(split_tags(tags))


def one_line(text: str) -> str:
    """Return `text` without stray space, line ends included."""
    return " ".join(text.split())


def _line(field: str, text: str, *, most: int, missing: str) -> str:
    line = one_line(text)
    wrong: dict[str, str] = {}
    _bytes(field, line, wrong)
    if not line:
        wrong[field] = missing
    elif len(line) > most:
        wrong.setdefault(field, f"A {field} has at most {most} characters, this one {len(line)}.")
    if wrong:
        raise Invalid(wrong)
    return line


def _bytes(name: str, text: str, wrong: dict[str, str]) -> bytes:
    """Return `text` in UTF-8; what no database can hold is said in `wrong`."""
    if "\0" in text:
        wrong[name] = f"The {name} holds a NUL character, which cannot be stored."
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        wrong.setdefault(name, f"The {name} holds half a character (U+{code:04X}), which cannot be stored.")
        return b""


def _limit(body: bytes, max_body_bytes: int) -> None:
    size = len(body)
    if size > max_body_bytes:
        raise TooLarge({"body": f"A text has at most {_mib(max_body_bytes)} MiB, this one {_mib(size)} MiB."})


def _too_many(tags: tuple[str, ...]) -> dict[str, str]:
    if len(tags) > TAGS:
        return {"tags": f"A post has at most {TAGS} tags, this one {len(tags)}."}
    longest = max(tags, key=len, default="")
    if len(longest) > TAG_CHARACTERS:
        return {"tags": f"A tag has at most {TAG_CHARACTERS} characters; “{longest[:20]}…” has {len(longest)}."}
    return {}


def _mib(size_bytes: int) -> str:
    return f"{size_bytes / 2**20:.3g}"
