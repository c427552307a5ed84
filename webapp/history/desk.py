"""The list of posts: what each person may see of them, found by words, tag and author."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from webapp.database import db
from webapp.history.people import Person, person, person_named
from webapp.history.reach import reach
from webapp.models import Post, Published, Trashing, User
from webapp.pure.content import TAG_CHARACTERS, TAG_SEPARATOR, split_tags
from webapp.pure.roles import Ability

PAGE = 30
TAGGED = 500
"""Posts whose tags are suggested for others."""
SUGGESTED = 100
"""Tags."""
QUERY_WORDS = 20
QUERY_CHARACTERS = 1000
"""SQLite refuses expressions more than 1,000 deep, and each word is one deeper."""


@dataclass(frozen=True, slots=True)
class PostCard:
    """A post in a list. To those who may not edit it, it is the published revision and nothing tells of another."""

    id: int
    title: str
    tags: tuple[str, ...]
    author: Person
    editor: Person
    saved_at: datetime
    revision: int
    live_revision: int | None
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `number` counts from 1."""

    cards: tuple[PostCard, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class TrashCard:
    """A post in the trash."""

    id: int
    title: str
    tags: tuple[str, ...]
    author: Person
    deleted_at: datetime
    deleted_by: Person
    revision: int
    may_erase: bool


_Editor = aliased(User)


def posts(
    *,
    by: User | None,
    q: str = "",
    tag: str = "",
    author: str = "",
    number: int = 1,
    size: int = PAGE,
    editable: bool = False,
) -> Page:
    """Return page `number` of the posts that `by` may see, newest change first.

    `q` is searched in title and text, each word of it (20 at most); `tag` is one tag; `author` a public id;
    `editable` leaves out what `by` may only read.
    """
    seen = _Seen(by)
    query = seen.listed().where(*_conditions(seen, q=q, tag=tag, author=author))
    if editable:
        query = query.where(seen.may_edit)
    total = db.session.scalar(query.with_only_columns(sa.func.count(), maintain_column_froms=True)) or 0
    rows = db.session.execute(
        query.order_by(seen.saved_at.desc(), Post.id.desc()).limit(size).offset((max(number, 1) - 1) * size)
    )
    cards = tuple(_card(row) for row in rows)
    return Page(cards=cards, number=max(number, 1), pages=max(1, -(-total // size)), total=total)


def authors(*, by: User | None) -> list[Person]:
    """Return the owners of the posts that `by` may see, by name."""
    query = _Seen(by).listed().with_only_columns(User.public_id, User.name, maintain_column_froms=True).distinct()
    return [person_named(*row) for row in db.session.execute(query.order_by(User.name))]


def tags(*, by: User | None) -> list[str]:
    """Return the tags of the posts that `by` may see, in alphabetical order."""
    seen = _Seen(by)
    query = seen.listed().with_only_columns(seen.tags, maintain_column_froms=True).where(seen.tags != "").distinct()
    found = {tag.casefold(): tag for (column,) in db.session.execute(query) for tag in split_tags(column)}
    return sorted(found.values(), key=str.casefold)


def common_tags(*, by: User) -> list[str]:
    """Return the tags of the posts that changed last, of those that `by` may see, the most frequent first."""
    seen = _Seen(by)
    query = seen.listed().with_only_columns(seen.tags, maintain_column_froms=True).where(seen.tags != "")
    rows = db.session.scalars(query.order_by(seen.saved_at.desc()).limit(TAGGED))
    spelled: dict[str, str] = {}
    times: Counter[str] = Counter()
    for tag in (tag for column in rows for tag in split_tags(column)):
        spelled.setdefault(tag.casefold(), tag)
        times[tag.casefold()] += 1
    return [spelled[tag] for tag, _ in times.most_common(SUGGESTED)]


def trash(*, by: User) -> tuple[TrashCard, ...]:
    """Return the posts in the trash that `by` may take back, the last deleted first."""
    deleter = aliased(User)
    query = (
        sa.select(Post, User, Trashing.at, deleter)
        .join(User, User.id == Post.author_id)
        .join(Trashing, sa.and_(Trashing.post_id == Post.id, Trashing.ended_at.is_(None)))
        .join(deleter, deleter.id == Trashing.by_id)
        .where(reach(by, Ability.SEE_TRASH), Post.text_id.is_not(None))
        .order_by(Trashing.at.desc(), Post.id.desc())
    )
    return tuple(
        TrashCard(
            id=post.id,
            title=post.title,
            tags=post.tag_list,
            author=person(author),
            deleted_at=at,
            deleted_by=person(deleted_by),
            revision=post.revision,
            may_erase=by.may(Ability.ERASE, post),
        )
        for post, author, at, deleted_by in db.session.execute(query)
    )


class _Seen:
    """The columns as one person may see them: of a post they may edit the live ones, else the published ones."""

    def __init__(self, by: User | None) -> None:
        self.may_edit = reach(by, Ability.EDIT)
        self.title = self._choose(Post.title, Published.title)
        self.tags = self._choose(Post.tags, Published.tags)
        self.body = self._choose(Post.body, Published.body)
        self.saved_at = self._choose(Post.saved_at, Published.at)
        self.revision = self._choose(Post.revision, Published.revision)
        self.editor_id = self._choose(Post.editor_id, Post.author_id)

    def listed(self) -> sa.Select[Any]:
        """Return the query for all of these posts."""
        return (
            sa.select(
                Post.id,
                self.title.label("title"),
                self.tags.label("tags"),
                self.saved_at.label("saved_at"),
                self.revision.label("revision"),
                Published.revision.label("live_revision"),
                self.may_edit.label("may_edit"),
                User.public_id,
                User.name,
                _Editor.public_id.label("editor_public_id"),
                _Editor.name.label("editor_name"),
            )
            .select_from(Post)
            .join(User, User.id == Post.author_id)
            .join(_Editor, _Editor.id == self.editor_id)
            .outerjoin(Published, Published.post_id == Post.id)
            .outerjoin(Trashing, sa.and_(Trashing.post_id == Post.id, Trashing.ended_at.is_(None)))
            .where(Trashing.id.is_(None), Post.text_id.is_not(None))
            .where(sa.or_(self.may_edit, Published.post_id.is_not(None)))
        )

    def _choose(self, live: Any, published: Any) -> Any:
        return sa.case((self.may_edit, live), else_=published)


def _conditions(seen: _Seen, *, q: str, tag: str, author: str) -> list[Any]:
    conditions = [
        sa.or_(seen.title.icontains(word, autoescape=True), seen.body.icontains(word, autoescape=True))
        for word in q[:QUERY_CHARACTERS].replace("\0", "").split()[:QUERY_WORDS]
    ]
    # No tag is longer, and SQLite refuses very long patterns.
    if asked := tag[: TAG_CHARACTERS + 1].replace("\0", ""):
        framed = sa.literal(TAG_SEPARATOR) + seen.tags + sa.literal(TAG_SEPARATOR)
        conditions.append(framed.icontains(f"{TAG_SEPARATOR}{asked}{TAG_SEPARATOR}", autoescape=True))
    if author:
        conditions.append(User.public_id == author.replace("\0", ""))
    return conditions


def _card(row: sa.Row) -> PostCard:
    return PostCard(
        id=row.id,
        title=row.title,
        tags=split_tags(row.tags),
        author=person_named(row.public_id, row.name),
        editor=person_named(row.editor_public_id, row.editor_name),
        saved_at=row.saved_at,
        revision=row.revision,
        live_revision=row.live_revision,
        may_edit=bool(row.may_edit),
    )
