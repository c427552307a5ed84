"""The queries behind the timeline: each is a scan or a few seeks of one index, and none touches a text."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from webapp.database import version_class
from webapp.models import Erasure, Label, Post, RevisionSource, User

_VERSION = version_class(Post)
_OLDER = sa.orm.aliased(_VERSION)
TITLE, TAGS, TEXT_ID, NUMBER, _, KIND = range(6)  # by place: a row finds a column by its name five times as slowly
_COLUMNS = (
    "title", "tags", "text_id", "revision", "note", "kind", "source_revision", "words_added", "words_removed",
    "saved_at", "summary",
)  # fmt: skip
_LABELLED = sa.and_(
    Label.post_id == _VERSION.id, Label.revision == _VERSION.revision, Label.removed_at.is_(None)
)  # what the index of current labels holds
_OF_POST = (
    sa.select(
        *(getattr(_VERSION, name) for name in _COLUMNS),
        User.public_id,
        User.name,
        Erasure.retention,
        Label.name.label("label"),
    )
    .join(User, User.id == _VERSION.editor_id)
    .outerjoin(Erasure, sa.and_(Erasure.post_id == _VERSION.id, Erasure.revision == _VERSION.revision))
    .where(_VERSION.id == sa.bindparam("post_id"))
)
_EVERY = _OF_POST.outerjoin(Label, _LABELLED)


@cache
def page_of(*, by_one: bool, labelled: bool, upwards: bool) -> sa.Select[Any]:
    """Return the query of a page: one index scan, from a number up or down.

    Those of a filtered timeline bring the revision before each along, which their page may not hold.
    """
    number: Any = Label.revision if labelled else _VERSION.revision
    statement = _OF_POST.join(Label, _LABELLED) if labelled else _EVERY
    if labelled:
        statement = statement.where(Label.post_id == sa.bindparam("post_id"))
    if by_one:
        author = sa.select(User.id).where(User.public_id == sa.bindparam("author")).scalar_subquery()
        statement = statement.where(_VERSION.editor_id == author)
    if by_one or labelled:
        one_less = sa.and_(_OLDER.id == _VERSION.id, _OLDER.revision == _VERSION.revision - 1)
        statement = statement.outerjoin(_OLDER, one_less).add_columns(
            _OLDER.revision.label("before"), _OLDER.title, _OLDER.tags, _OLDER.text_id
        )
    start: Any = sa.bindparam("start")
    return (
        statement.where(number >= start if upwards else number <= start)
        .order_by(number if upwards else number.desc())
        .limit(sa.bindparam("rows"))
    )


def _loose_scan() -> sa.Select[str, str]:
    """Return the query of all editors that seeks the next one in the index instead of walking over all revisions."""
    of_post = _VERSION.id == sa.bindparam("post_id")
    first = sa.select(sa.func.min(_VERSION.editor_id).label("editor_id")).where(of_post)
    found = first.cte("found", recursive=True)
    following = sa.select(sa.func.min(_VERSION.editor_id)).where(of_post, _VERSION.editor_id > found.c.editor_id)
    found = found.union_all(sa.select(following.scalar_subquery()).where(found.c.editor_id.is_not(None)))
    return sa.select(User.public_id, User.name).join(found, found.c.editor_id == User.id)


def _halving() -> sa.Select[int]:
    """Return the query that seeks a moment in the numbers: `low` was saved before it, `high` was not."""
    end = sa.bindparam("end", type_=sa.Integer)
    seek = sa.select(sa.literal(-1).label("low"), end.label("high")).cte("seek", recursive=True)
    middle = (seek.c.low + seek.c.high) // 2
    is_before = _VERSION.saved_at < sa.bindparam("moment")
    halved = sa.select(
        sa.case((is_before, middle), else_=seek.c.low), sa.case((is_before, seek.c.high), else_=middle)
    ).where(_VERSION.id == sa.bindparam("post_id"), _VERSION.revision == middle, seek.c.high - seek.c.low > 1)
    return sa.select(sa.func.max(seek.union_all(halved).c.low))


NAMED = _EVERY.where(_VERSION.revision.in_(sa.bindparam("numbers", expanding=True))).order_by(_VERSION.revision.desc())
"""The revisions `numbers` of `post_id`, newest first."""
AUTHORS = _loose_scan()
"""The public ids and names of all who saved revisions of `post_id`."""
LAST_BEFORE = _halving()
"""The number of the last revision of `post_id` before `moment`, or -1; `end` is one more than that of the latest."""
SOURCES = sa.select(RevisionSource.revision, RevisionSource.source).where(
    RevisionSource.post_id == sa.bindparam("post_id"),
    RevisionSource.revision.in_(sa.bindparam("numbers", expanding=True)),
)
"""Where revisions have several."""
