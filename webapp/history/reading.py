"""A post as its readers get it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from markupsafe import Markup

from webapp.database import db
from webapp.errors import Missing
from webapp.history import head, preview
from webapp.history.people import Person, person
from webapp.models import Post, Published, Trashing, User
from webapp.pure import markdown, words
from webapp.pure.content import split_tags
from webapp.pure.headings import Heading
from webapp.pure.roles import Ability


@dataclass(frozen=True, slots=True)
class Reading:
    """A rendered text. `headings` are empty for a text that needs no table of contents."""

    post_id: int
    title: str
    html: Markup
    headings: tuple[Heading, ...]
    tags: tuple[str, ...]
    revision: int
    saved_at: datetime
    author: Person
    editor: Person
    is_live: bool
    is_latest: bool
    words: int
    minutes: int
    may_edit: bool


LONG = 4
"""Headings from which on a text gets a table of contents."""

_POST = (
    sa.select(Post, User, Published, Trashing.id)
    .join(User, User.id == Post.author_id)
    .outerjoin(Published, Published.post_id == Post.id)
    .outerjoin(Trashing, sa.and_(Trashing.post_id == Post.id, Trashing.ended_at.is_(None)))
    .where(Post.id == sa.bindparam("post_id"))
    .options(sa.orm.undefer(Published.body))
)


def of(post_id: int, *, by: User | None, revision: int | None = None) -> Reading:
    """Return what `by` (None: nobody signed in) reads at that address.

    Who may edit gets revision `revision`, by default the latest; everybody else the published one and no other.
    Raises Missing, alike for what does not exist and what is not for `by`, or Gone.
    """
    row = db.session.execute(_POST, {"post_id": post_id}).one_or_none()
    if row is None:
        raise Missing
    post, author, published, trashing_id = row
    may_edit = by is not None and by.may(Ability.EDIT, post)
    if may_edit and post.text_id is None:
        raise head.erased(post.id, post.revision)
    if trashing_id is not None:
        raise Missing
    if may_edit:
        return _for_editors(post, author, published, preview.at(post, -1 if revision is None else revision))
    if published is None or (revision is not None and revision != published.revision):
        raise Missing
    return _for_readers(post, author, published)


def _for_editors(post: Post, author: User, published: Published | None, shown: preview.Revision) -> Reading:
    return _reading(
        shown.body,
        post_id=post.id,
        title=shown.title,
        tags=shown.tags,
        revision=shown.number,
        saved_at=shown.saved_at,
        author=person(author),
        editor=shown.editor,
        is_live=published is not None and published.revision == shown.number,
        is_latest=shown.is_latest,
        may_edit=True,
    )


def _for_readers(post: Post, author: User, published: Published) -> Reading:
    return _reading(
        published.body,
        post_id=post.id,
        title=published.title,
        tags=split_tags(published.tags),
        revision=published.revision,
        saved_at=published.at,
        author=person(author),
        editor=person(author),
        is_live=True,
        is_latest=False,
        may_edit=False,
    )


def _reading(body: str, **facts: object) -> Reading:
    document = markdown.document(body)
    count = words.count(body)
    return Reading(
        html=document.html,
        headings=document.headings if len(document.headings) >= LONG else (),
        words=count,
        minutes=words.reading_minutes(count),
        **facts,  # type: ignore[arg-type]
    )
