"""Drafts: what one person has typed and not saved, versioned like a post, and only ever shown to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from webapp import clock
from webapp.database import Base, UtcDateTime, db


class Draft(Base):
    """One line of writing that began in one form. Each autosave is a state of it, copied by Continuum.

    What is not text (which form writes it, how it ended) is left out of the copies: it makes no state.
    """

    __tablename__ = "draft"
    __table_args__ = (
        sa.Index(
            "ix_draft_open",
            "owner_id",
            "post_id",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_draft_owner_id_save_id", "owner_id", "save_id"),
        {"sqlite_autoincrement": True},
    )
    __versioned__ = {
        "exclude": [
            "owner_id",
            "post_id",
            "begun_at",
            "save_id",
            "turn",
            "caret",
            "ended_at",
            "ending",
            "ended_revision",
        ]
    }

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    post_id: Mapped[int | None] = mapped_column(sa.ForeignKey("post.id"), index=True)
    """None: of a post that is not there yet."""
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    save_id: Mapped[str] = mapped_column(sa.String(64))
    """Of the form that writes it now; another form that has seen the newest state takes it over."""
    turn: Mapped[int] = mapped_column()
    """The number that this form gave its newest autosave: an earlier one that arrives later says nothing new."""
    caret: Mapped[int] = mapped_column()
    """Where in the body the person was, in UTF-16 units as browsers count."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ending: Mapped[str | None] = mapped_column(sa.String(10))
    ended_revision: Mapped[int | None] = mapped_column()
    """The revision that it was saved as."""

    state: Mapped[int] = mapped_column()
    """0 for the first, dense; the optimistic lock of every UPDATE."""
    text_seq: Mapped[int] = mapped_column()
    """Which `DraftText` of this draft is its body."""
    title: Mapped[str] = mapped_column(sa.Text)
    tags: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str] = mapped_column(sa.Text)
    seen: Mapped[int | None] = mapped_column()
    """The latest revision when the form was filled, which it will be saved on top of."""
    source: Mapped[int | None] = mapped_column()
    """The old revision that was taken up."""
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken: Mapped[str | None] = mapped_column(sa.Text)
    """The revisions that parts of it were taken back from, with commas between them."""

    __mapper_args__ = {"version_id_col": state, "version_id_generator": False}

    @staticmethod
    def lock(draft_id: int) -> "Draft | None":
        """Return the draft as it stands now; nobody else can write it before this transaction ends."""
        return db.session.scalar(_LOCK.where(Draft.id == draft_id))

    @staticmethod
    def of_form(owner_id: int, save_id: str) -> int | None:
        """Return the newest draft that this form has written, ended ones included."""
        return db.session.scalar(_OF_FORM, {"owner_id": owner_id, "save_id": save_id})


_LOCK = sa.select(Draft).with_for_update().execution_options(populate_existing=True)
_OF_FORM = (
    sa.select(Draft.id)
    .where(Draft.owner_id == sa.bindparam("owner_id"), Draft.save_id == sa.bindparam("save_id"))
    .order_by(Draft.id.desc())
    .limit(1)
)
