"""One revision as it was: a frozen copy, never loaded over the present."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from webapp.database import fetch, version_class
from webapp.errors import Missing, NoRevision
from webapp.history.head import Head, erased
from webapp.history.people import Person, person_named
from webapp.models import Label, Post, StoredText, User
from webapp.pure import words
from webapp.pure.content import Writing, split_tags


class Numbered(Protocol):
    """A post, as far as finding its revisions needs it: `Post` and `head.Head` both are."""

    @property
    def id(self) -> int:
        """The post's number."""
        ...

    @property
    def revision(self) -> int:
        """The number of its latest revision."""
        ...


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision with its text."""

    post_id: int
    number: int
    title: str
    body: str
    tags: tuple[str, ...]
    note: str
    kind: str
    source_revision: int | None
    words_added: int
    words_removed: int
    editor: Person
    saved_at: datetime
    is_latest: bool
    digest: bytes
    text_id: int
    """Equal for equal texts of a post."""
    label: str | None
    """The name that somebody gave it."""


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """What restoring would do to the latest revision. `same`: nothing at all, to title and tags neither.

    The words are None where they were not counted: comparing two texts takes longer than showing one.
    """

    added: int | None
    removed: int | None
    same: bool


_VERSION = version_class(Post)
_REVISION = (
    sa.select(
        *(
            getattr(_VERSION, name)
            for name in (
                "revision", "title", "tags", "note", "kind", "source_revision", "words_added", "words_removed",
                "saved_at", "digest", "text_id",
            )
        ),
        User.public_id,
        User.name,
        StoredText.seq,
        StoredText.sha256,
        Label.name.label("label"),
    )
    .join(User, User.id == _VERSION.editor_id)
    .outerjoin(Label, Label.is_of(_VERSION.id, _VERSION.revision))
    .outerjoin(StoredText, StoredText.id == _VERSION.text_id)
    .where(_VERSION.id == sa.bindparam("post_id"), _VERSION.revision == sa.bindparam("number"))
)  # fmt: skip
# Not by the post's number alone: somebody may have saved since it was looked up.
_LATEST = _REVISION.add_columns(Post.body).outerjoin(
    Post, sa.and_(Post.id == _VERSION.id, Post.revision == _VERSION.revision)
)


def number_of(post: Numbered, number: int) -> int:
    """Return the number that `number` means for `post`: -1 is the latest, -2 the one before. Raises Missing."""
    counted = number + post.revision + 1 if number < 0 else number
    if not 0 <= counted <= post.revision:
        raise NoRevision(post_id=post.id, number=number, latest=post.revision)
    return counted


def at(post: Numbered, number: int = -1) -> Revision:
    """Return revision `number` of `post`; negative numbers count from the end, -1 is the latest.

    Two queries at most, whatever the length of the history: the row by its number, then the steps of its text.
    Raises Missing for a number that the post does not have, Gone for a text that is no longer kept.
    """
    number = number_of(post, number)
    is_latest = number == post.revision
    query = _LATEST if is_latest else _REVISION
    row = fetch(query, {"post_id": post.id, "number": number}).one_or_none()
    if row is None:
        raise Missing(f"There is no revision {number}.")
    if row.text_id is None:
        raise erased(post.id, number)
    return Revision(
        post_id=post.id,
        number=number,
        title=row.title,
        body=_body(post.id, row) if not is_latest or row.body is None else row.body,
        tags=split_tags(row.tags),
        note=row.note,
        kind=row.kind,
        source_revision=row.source_revision,
        words_added=row.words_added,
        words_removed=row.words_removed,
        editor=person_named(row.public_id, row.name),
        saved_at=row.saved_at,
        is_latest=is_latest,
        digest=row.digest,
        text_id=row.text_id,
        label=row.label,
    )


def _body(post_id: int, row: sa.Row) -> str:
    return StoredText.unpack(post_id, row.seq, sha256=row.sha256).decode()


def writing(revision: Revision) -> Writing:
    """Return what a revision says."""
    return Writing(title=revision.title, tags=revision.tags, body=revision.body)


def change_to(revision: Revision, *, latest: Revision) -> ChangeInWords:
    """Return what restoring `revision` would change in `latest`."""
    change = words.change(latest.body, revision.body)
    return ChangeInWords(added=change.added, removed=change.removed, same=_same(revision, latest))


def uncounted_change_to(revision: Revision, *, latest: Head) -> ChangeInWords:
    """Return whether restoring `revision` would change anything, without counting words; reads nothing."""
    return ChangeInWords(added=None, removed=None, same=_same(revision, latest))


def _same(revision: Revision, latest: "Revision | Head") -> bool:
    return (revision.title, revision.tags, revision.text_id) == (latest.title, latest.tags, latest.text_id)
