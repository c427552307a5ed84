"""What is published now, the latest first, as a feed tells it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

import sqlalchemy as sa

from webapp.database import fetch, version_class
from webapp.history import audit
from webapp.models import Post, Publication, Published, Trashing, User
from webapp.pure import excerpt
from webapp.pure.content import split_tags

SIZE = 50
OURS = UUID("6f1d5b0e-3f0c-4c9e-9a53-57e7a0c1d2b4")
"""The space of names in which Stet gives its own."""


@dataclass(frozen=True, slots=True)
class Story:
    """One published post. `uuid` stays with it through every change of its text, and of the address of the desk."""

    uuid: UUID
    post_id: int
    revision: int
    title: str
    tags: tuple[str, ...]
    author: str
    first_at: datetime
    """When anything of it was published first."""
    at: datetime
    body: str
    """The beginning of the text."""
    changed: str | None
    """What is not as readers saw it before, in words; None for what they see for the first time."""

    @property
    def summary(self) -> str:
        """What changed, and the first words of the text."""
        words = excerpt.of(self.body)
        return words if self.changed is None else f"{self.changed}.\n\n{words}"


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest stories. `changed_at` is the last moment at which the list may have changed; None: never."""

    uuid: UUID
    stories: tuple[Story, ...]
    changed_at: datetime | None


_FIRST = version_class(Post)
_STORIES = (
    sa.select(
        Published.post_id,
        Published.revision,
        Published.title,
        Published.tags,
        Published.at,
        Published.summary,
        sa.func.substr(Published.body, 1, excerpt.READ).label("body"),
        User.name,
        _FIRST.digest,
        sa.select(sa.func.min(Publication.at))
        .where(Publication.post_id == Published.post_id)
        .scalar_subquery()
        .label("first_at"),
    )
    .join(Post, Post.id == Published.post_id)
    .join(User, User.id == Post.author_id)
    .join(_FIRST, sa.and_(_FIRST.id == Published.post_id, _FIRST.revision == 0))
    .outerjoin(Trashing, sa.and_(Trashing.post_id == Post.id, Trashing.ended_at.is_(None)))
    .where(Trashing.id.is_(None))
    .order_by(Published.at.desc(), Published.post_id.desc())
    .limit(SIZE)
)
_OLDEST = sa.select(User.public_id).order_by(User.id).limit(1)


def newest() -> Feed:
    """Return the last SIZE posts that were published; three queries."""
    oldest = fetch(_OLDEST, {}).scalar() or ""
    return Feed(uuid=_uuid(oldest), stories=tuple(map(_story, fetch(_STORIES, {}))), changed_at=audit.last_told_at())


def _story(row: sa.Row) -> Story:
    return Story(
        # The hash of its first revision: random by its salt, and kept whatever is erased.
        uuid=_uuid(row.digest.hex()),
        post_id=row.post_id,
        revision=row.revision,
        title=row.title,
        tags=split_tags(row.tags),
        author=row.name,
        first_at=row.first_at,
        at=row.at,
        body=row.body,
        changed=row.summary,
    )


def _uuid(seed: str) -> UUID:
    """Return the UUID (RFC 9562, version 5) of a name that nobody else gives."""
    return uuid5(OURS, seed)
