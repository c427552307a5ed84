"""What happened, as the activity tells it: an entry, the posts that it changed, and where a page of it ends."""

from dataclasses import dataclass
from datetime import datetime

from webapp.history.people import Person


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry did to one post. With `first` it stands for all revisions from that one on."""

    post_id: int
    title: str
    may_edit: bool
    revision: int | None = None
    first: int | None = None
    kind: str = ""
    source_revision: int | None = None
    summary: str = ""
    is_note: bool = False
    """Whether the summary is in somebody's own words."""
    is_live: bool = False
    is_gone: bool = False
    in_trash: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the activity. `posts` and `revisions` count all; `changes` names the first few posts."""

    at: datetime
    verb: str
    people: tuple[Person, ...]
    changes: tuple[Change, ...]
    posts: int = 1
    revisions: int = 0
    words_added: int = 0
    words_removed: int = 0


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ends: what follows has smaller numbers, of transactions and of lines of the audit log."""

    transaction: int
    event: int

    def __str__(self) -> str:
        return f"{self.transaction}.{self.event}"
