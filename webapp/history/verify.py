"""Recompute everything that the history claims, and name the first revision that does not hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from webapp.database import db, version_class
from webapp.models import Erasure, Post, Publication, Published, StoredText, User
from webapp.pure import chain, delta

BATCH = 500
"""Revisions read at once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A revision that is not what was saved, and in which way."""

    post: int
    revision: int
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at. `first_bad` is None when all of it holds."""

    posts: int
    revisions: int
    first_bad: Fault | None

    @property
    def ok(self) -> bool:
        """Whether all of it holds."""
        return self.first_bad is None


_VERSION = version_class(Post)
_ROWS = (
    sa.select(
        *(
            getattr(_VERSION, name)
            for name in (
                "revision", "title", "tags", "note", "kind", "source_revision", "editor_id", "saved_at",
                "salt", "commitment", "digest", "text_id",
            )
        ),
        User.public_id,
        StoredText.seq,
        Erasure.reason,
    )
    .outerjoin(User, User.id == _VERSION.editor_id)
    .outerjoin(StoredText, sa.and_(StoredText.id == _VERSION.text_id, StoredText.post_id == _VERSION.id))
    .outerjoin(Erasure, sa.and_(Erasure.post_id == _VERSION.id, Erasure.revision == _VERSION.revision))
    .where(_VERSION.id == sa.bindparam("post_id"), _VERSION.revision >= sa.bindparam("start"))
    .order_by(_VERSION.revision)
    .limit(BATCH)
)  # fmt: skip


_LIVE = (
    sa.select(Post.revision, Post.title, Post.tags, Post.note, Post.body, Post.salt, Post.commitment)
    .add_columns(
        sa.or_(
            *(
                column.is_distinct_from(_VERSION.__table__.c[column.name])
                for column in Post.__table__.c
                if column.name in _VERSION.__table__.c
            )
        ).label("differs")
    )
    .outerjoin(_VERSION, sa.and_(_VERSION.id == Post.id, _VERSION.revision == Post.revision))
    .where(Post.id == sa.bindparam("post_id"))
)
_SHOWN = (
    sa.select(Published.revision, Published.title, Published.tags, Published.body)
    .add_columns(
        _VERSION.note,
        _VERSION.salt,
        _VERSION.commitment,
        sa.select(Publication.revision)
        .where(Publication.post_id == Published.post_id)
        .order_by(Publication.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("chosen"),
    )
    .outerjoin(_VERSION, sa.and_(_VERSION.id == Published.post_id, _VERSION.revision == Published.revision))
    .where(Published.post_id == sa.bindparam("post_id"))
)


def everything(*, progress: Callable[[int], object] = int) -> Report:
    """Verify every revision of every post as of now, in constant memory, and stop at the first fault.

    `progress` is told how many revisions are done. Checked: dense numbers, every packed text against its SHA-256,
    every commitment against title, tags, note and text, every digest against the one before, a witness for every
    text that is not kept, the live post against its latest revision, and what readers see against what was published.
    Ends the session's transaction, to begin one that nobody's saving disturbs.
    """
    _hold_still()
    posts = revisions = 0
    for post_id in db.session.scalars(sa.select(Post.id).order_by(Post.id)).all():
        posts += 1
        previous = chain.GENESIS
        expected = 0
        texts = _Texts(post_id)
        for row in _rows(post_id):
            what = _fault(row, post_id, expected=expected, previous=previous, texts=texts)
            if what is not None:
                return Report(posts, revisions, Fault(post_id, expected, what))
            previous, expected = row.digest, expected + 1
            revisions += 1
            progress(revisions)
        what = _live_fault(post_id, latest=expected - 1) or _published_fault(post_id)
        if what is not None:
            return Report(posts, revisions, Fault(post_id, max(expected - 1, 0), what))
    orphan = db.session.execute(
        sa.select(_VERSION.id, _VERSION.revision)
        .where(_VERSION.id.not_in(sa.select(Post.id)))
        .order_by(_VERSION.id, _VERSION.revision)
        .limit(1)
    ).one_or_none()
    fault = None if orphan is None else Fault(orphan.id, orphan.revision, "its post is missing")
    return Report(posts, revisions, fault)


def _hold_still() -> None:
    """Read from one snapshot; SQLite does anyway, PostgreSQL would show each statement what was saved since."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _rows(post_id: int) -> Iterator[sa.Row]:
    start = 0
    while batch := db.session.execute(_ROWS, {"post_id": post_id, "start": start}).all():
        yield from batch
        start = batch[-1].revision + 1


def _fault(row: sa.Row, post_id: int, *, expected: int, previous: bytes, texts: "_Texts") -> str | None:
    if row.revision != expected:
        return f"it is missing; the next one kept is {row.revision}"
    if row.public_id is None:
        return "its editor is missing"
    if row.text_id is None:
        if row.reason is None:
            return "its text is missing, and nothing says who took it out"
        if (row.title, row.tags, row.note, row.salt) != ("", "", "", None):
            return "it was erased, and says something again"
    else:
        what = _content_fault(row, texts)
        if what is not None:
            return what
    digest = chain.digest(
        post=post_id,
        revision=row.revision,
        at=row.saved_at,
        by=row.public_id,
        kind=row.kind,
        source=row.source_revision,
        commitment=row.commitment,
        previous=previous,
    )
    return None if digest == row.digest else "its facts or its place in the chain were changed"


def _content_fault(row: sa.Row, texts: "_Texts") -> str | None:
    if row.seq is None:
        return "its text is missing"
    if None in (row.title, row.tags, row.note, row.salt):
        return "its title, tags, note or salt are missing"
    try:
        body = texts.read(row.seq).decode()
        commitment = chain.commitment(row.salt or b"", title=row.title, tags=row.tags, note=row.note, body=body)
    except (delta.Damaged, UnicodeError) as damage:
        return f"its text is damaged: {damage}"
    return None if commitment == row.commitment else "its title, tags, note or text were changed"


def _live_fault(post_id: int, *, latest: int) -> str | None:
    post = db.session.execute(_LIVE, {"post_id": post_id}).one()
    if post.revision != latest:
        return f"the post says that its latest revision is {post.revision}"
    if post.differs or not _holds(post, post.body):
        return "the live post differs from it"
    return None


def _published_fault(post_id: int) -> str | None:
    shown = db.session.execute(_SHOWN, {"post_id": post_id}).one_or_none()
    if shown is None:
        return None
    if shown.revision != shown.chosen:
        return f"readers see revision {shown.revision}, and nobody chose that"
    return None if _holds(shown, shown.body) else f"what readers see is not revision {shown.revision}"


def _holds(row: sa.Row, body: str) -> bool:
    """Return whether title, tags, note and `body` are those of the commitment, or nothing when they were erased."""
    if row.salt is None:
        return (row.title, row.tags, row.note, body) == ("", "", "", "")
    return chain.commitment(row.salt, title=row.title, tags=row.tags, note=row.note, body=body) == row.commitment


class _Texts:
    """The texts of one post, read about in order: those that the next ones lean on are remembered."""

    def __init__(self, post_id: int) -> None:
        self._post_id = post_id
        self._kept: dict[int, bytes] = {}

    def read(self, seq: int) -> bytes:
        """Return a text, checked against its SHA-256. Raises delta.Damaged."""
        if seq not in self._kept:
            row = db.session.execute(
                sa.select(StoredText.base_seq, StoredText.size, StoredText.sha256, StoredText.packed).where(
                    StoredText.post_id == self._post_id, StoredText.seq == seq
                )
            ).one_or_none()
            if row is None:
                raise delta.Damaged(f"text {seq} is missing")
            if row.base_seq is not None and row.base_seq >= seq:
                raise delta.Damaged(f"text {seq} does not lean on an earlier one")
            base = None if row.base_seq is None else self.read(row.base_seq)
            text = delta.unpack(row.packed, base, size=row.size)
            if delta.fingerprint(text) != row.sha256:
                raise delta.Damaged(f"text {seq} does not have its hash")
            path = set(delta.path(seq))
            self._kept = {known: kept for known, kept in self._kept.items() if known in path} | {seq: text}
        return self._kept[seq]
