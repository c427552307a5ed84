"""Revisions by Continuum's transaction, newest first: what one of them changed is one entry, and so is an import."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from webapp.database import fetch, transaction_class, version_class
from webapp.history.happening import Change, Cursor, Entry
from webapp.history.people import person_named
from webapp.history.reach import reach
from webapp.models import Post, Published, Trashing, User
from webapp.pure.kind import Kind
from webapp.pure.roles import Ability

POSTS = 5
"""Of one transaction that changed several, how many are named."""
BATCHES = (120, 480, 1920, 7680)
"""Rows fetched at once: a page needs the first; an import that is folded into one line may need more."""
VERB = "save"
"""The verb of an entry that made revisions; all others are those of the audit log."""

_VERSION = version_class(Post)
_TRANSACTION = transaction_class()
_IN_TRASH = sa.and_(Trashing.post_id == Post.id, Trashing.ended_at.is_(None))
_THIN = (
    _VERSION.transaction_id,
    _VERSION.id,
    _VERSION.revision,
    _VERSION.kind,
    _VERSION.editor_id,
    _VERSION.words_added,
    _VERSION.words_removed,
)
_BEFORE = sa.or_(
    _VERSION.transaction_id < sa.bindparam("transaction"),
    sa.and_(_VERSION.transaction_id == sa.bindparam("transaction"), _VERSION.id < sa.bindparam("post")),
)
_DETAILS = (
    sa.select(
        _VERSION.id,
        _VERSION.revision,
        _VERSION.kind,
        _VERSION.note,
        _VERSION.summary,
        _VERSION.source_revision,
        _VERSION.words_added,
        _VERSION.words_removed,
        _VERSION.text_id,
        Post.title,
        Published.revision.label("live"),
        _TRANSACTION.issued_at,
    )
    .join(Post, Post.id == _VERSION.id)
    .join(_TRANSACTION, _TRANSACTION.id == _VERSION.transaction_id)
    .outerjoin(Published, Published.post_id == Post.id)
    .where(sa.tuple_(_VERSION.id, _VERSION.revision).in_(sa.bindparam("named", expanding=True)))
)
_PEOPLE = sa.select(User.id, User.public_id, User.name).where(User.id.in_(sa.bindparam("ids", expanding=True)))


def entries(
    by: User, *, person: User | None, kinds: Sequence[str], before: Cursor, size: int
) -> list[tuple[Cursor, Entry]]:
    """Return the `size` newest entries that made revisions and that `by` may see, each with where it ends."""
    query = seen(*_THIN, by=by, person=person)
    if kinds:
        query = query.where(_VERSION.kind.in_(kinds))
    folds = list(islice(_folds(_revisions(query, before=before.transaction)), size))
    named = [_named(fold) for fold in folds]
    details = {(row.id, row.revision): row for row in _of(_DETAILS, "named", [key for keys in named for key in keys])}
    names = {row.id: row for row in _of(_PEOPLE, "ids", list({row.editor_id for fold in folds for row in fold}))}
    return [
        (
            Cursor(transaction=fold[-1].transaction_id, event=before.event),
            _entry(fold, [details[key] for key in keys], names),
        )
        for fold, keys in zip(folds, named, strict=True)
    ]


def seen(*columns: Any, by: User, person: User | None = None) -> sa.Select[Any]:
    """Return the query for all revisions (of `person`) in posts that `by` may edit, those in the trash left out."""
    query = (
        sa.select(*columns)
        .select_from(_VERSION)
        .join(Post, Post.id == _VERSION.id)
        .outerjoin(Trashing, _IN_TRASH)
        .where(Trashing.id.is_(None), Post.text_id.is_not(None), reach(by, Ability.EDIT))
    )
    return query if person is None else query.where(_VERSION.editor_id == person.id)


def _revisions(query: sa.Select[Any], *, before: int) -> Iterator[sa.Row]:
    """Yield rows, newest first; batch after batch as long as they are wanted."""
    # The first condition is implied by the second, but only an index understands it.
    query = query.where(_VERSION.transaction_id <= sa.bindparam("transaction"), _BEFORE)
    query = query.order_by(_VERSION.transaction_id.desc(), _VERSION.id.desc()).limit(sa.bindparam("rows"))
    at = {"transaction": before, "post": 0}
    sizes = [*BATCHES]
    while True:
        size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        rows = fetch(query, at | {"rows": size}).all()
        yield from rows
        if len(rows) < size:
            return
        at = {"transaction": rows[-1].transaction_id, "post": rows[-1].id}


def _folds(rows: Iterable[sa.Row]) -> Iterator[list[sa.Row]]:
    """Yield what is told as one: the revisions of a transaction, or an import of one post, revision after revision."""
    fold: list[sa.Row] = []
    for row in rows:
        if fold and not _continues(fold[-1], row):
            yield fold
            fold = []
        fold.append(row)
    if fold:
        yield fold


def _continues(newer: sa.Row, row: sa.Row) -> bool:
    same_import = newer.id == row.id and newer.kind == row.kind == Kind.IMPORTED
    return same_import or newer.transaction_id == row.transaction_id


def _named(fold: list[sa.Row]) -> list[tuple[int, int]]:
    """Return post and newest revision of the first few posts in `fold`."""
    newest: dict[int, int] = {}
    for row in fold:
        newest.setdefault(row.id, row.revision)
    return list(islice(newest.items(), POSTS))


def _entry(fold: list[sa.Row], details: list[sa.Row], names: Mapping[int, sa.Row]) -> Entry:
    editors = dict.fromkeys(row.editor_id for row in fold)
    posts = {row.id for row in fold}
    first = fold[-1].revision if len(posts) == 1 and len(fold) > 1 else None
    return Entry(
        at=details[0].issued_at,
        verb=VERB,
        people=tuple(person_named(names[id_].public_id, names[id_].name) for id_ in editors),
        changes=tuple(_change(row, first=first) for row in details),
        posts=len(posts),
        revisions=len(fold),
        words_added=sum(row.words_added for row in fold),
        words_removed=sum(row.words_removed for row in fold),
    )


def _change(row: sa.Row, *, first: int | None) -> Change:
    return Change(
        post_id=row.id,
        title=row.title,
        may_edit=True,
        revision=row.revision,
        first=first,
        kind=row.kind,
        source_revision=row.source_revision,
        summary=row.note or row.summary or _only(row),
        is_note=bool(row.note),
        is_live=row.live == row.revision,
        is_gone=row.text_id is None,
    )


def _only(row: sa.Row) -> str:
    """Return what there is to say without a note: nothing where the numbers and badges of the line say it."""
    tells = row.text_id is None or row.words_added or row.words_removed or row.kind != Kind.WRITTEN
    return "" if tells else "Only title, tags or spacing"


def _of(query: sa.Executable, name: str, values: Sequence[object]) -> Sequence[sa.Row]:
    return fetch(query, {name: values}).all() if values else ()
