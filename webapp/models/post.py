"""The post: its live text, and the description of its latest revision, which Continuum copies at every save."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime, db
from webapp.errors import Missing
from webapp.models.stored_text import StoredText
from webapp.models.user import Actor, User
from webapp.models.versions import Versions
from webapp.pure.content import split_tags


class PackedBody(Base):
    """What the version class gets besides its columns: the body, unpacked when asked for."""

    __abstract__ = True

    @property
    def body(self: Any) -> str:
        """The text of this revision. Raises Missing when it is no longer kept."""
        if self.text_id is None:
            raise Missing(f"The text of revision {self.revision} is not kept any more.")
        return StoredText.read(self.text_id)


class Post(Base):
    """A post. Text is written through `operations.posts.write` only; state that is not text has tables of its own."""

    __tablename__ = "post"
    __table_args__ = {"sqlite_autoincrement": True}
    __versioned__ = {
        "exclude": ["body", "author_id", "created_at"],
        "base_classes": (PackedBody,),
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """Who owns the post: the editor of its first revision."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    title: Mapped[str] = mapped_column(sa.Text)
    tags: Mapped[str] = mapped_column(sa.Text)
    """The normalised list, joined by ", "."""
    text_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_text.id"))
    revision: Mapped[int] = mapped_column()
    """0 for the first, dense; the optimistic lock of every UPDATE."""
    note: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[str] = mapped_column(sa.String(10))
    source_revision: Mapped[int | None] = mapped_column()
    words_added: Mapped[int] = mapped_column()
    words_removed: Mapped[int] = mapped_column()
    editor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    salt: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    commitment: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    digest: Mapped[bytes] = mapped_column(sa.LargeBinary(32))

    # Last, and read only when asked for: SQLite then finds the other columns without walking the text's pages.
    body: Mapped[str] = mapped_column(sa.Text, deferred=True)
    # Came later, so it stands behind the body; nobody reads it here, only in the revisions that it is copied to.
    summary: Mapped[str | None] = mapped_column(sa.Text, deferred=True)
    """What changed, in words made at save (`pure.summary`), where the editor gave no note. Not hashed: it can be made
    again from the texts."""

    __mapper_args__ = {"version_id_col": revision, "version_id_generator": False}

    @property
    def versions(self) -> Versions:
        """The revisions as a list, oldest first; `versions[n]` is revision `n`, negative numbers count from the end."""
        return Versions(Post, self.id, self.revision)

    @property
    def tag_list(self) -> tuple[str, ...]:
        """The tags, one by one."""
        return split_tags(self.tags)

    @staticmethod
    def get(post_id: int) -> "Post":
        """Return the post, also from the trash. Raises Missing."""
        post = db.session.get(Post, post_id)
        if post is None:
            raise Missing
        return post

    @staticmethod
    def lock(post_id: int, *, by: Actor | None = None) -> "Post":
        """Return the post as it stands now, body included; nobody else can write it before this transaction ends.

        Must be the first statement of the transaction: on PostgreSQL a lock taken later lets two saves
        cross (175 of 600 broken links under four threads). `by` is read anew with it, which would take a query
        of its own. Raises Missing.
        """
        if isinstance(by, User):
            # Its id from the identity: the attribute would be read anew now, by that very query.
            found = db.session.execute(_LOCK_BY, {"post_id": post_id, "by_id": by.identity}).one_or_none()
            locked = None if found is None else found[0]
        else:
            locked = db.session.scalar(_LOCK, {"post_id": post_id})
        if locked is None:
            raise Missing
        return locked

    @staticmethod
    def next_id(session: Session) -> int:
        """Return the number of the next post, which is then used up; needed before the row, for its texts and its hash.

        Call it inside `transaction()`: SQLite's counter is safe to read there, because only one writes.
        """
        if session.get_bind().dialect.name == "postgresql":
            return session.scalar(sa.text("SELECT nextval(pg_get_serial_sequence('post', 'id'))"))
        used = session.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'post'"))
        return (used or 0) + 1


_LOCK = (
    sa.select(Post)
    .where(Post.id == sa.bindparam("post_id"))
    # All that a save assigns: what is not loaded would be read between two assignments, which flushes half a revision.
    .options(sa.orm.undefer(Post.body), sa.orm.undefer(Post.summary))
    .with_for_update(of=Post)
    .execution_options(populate_existing=True)
)
_LOCK_BY = _LOCK.add_columns(User).join(User, User.id == sa.bindparam("by_id"))
