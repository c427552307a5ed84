"""People, and the operator of the machine."""

import secrets
from datetime import datetime
from typing import Any, ClassVar, Protocol

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, make_transient_to_detached, mapped_column
from sqlalchemy.orm.util import identity_key

from webapp import clock
from webapp.database import Base, UtcDateTime, db
from webapp.errors import NotAllowed
from webapp.pure.roles import Ability, Role, may


class Owned(Protocol):
    """What rights are asked about: a post, or a row with its owner."""

    @property
    def author_id(self) -> Any:
        """The id of the person whose post it is."""
        ...


class User(UserMixin, Base):
    """A person: with an e-mail address and a password they can sign in, without them they only have written.

    Never deleted, only deactivated: revisions name their editors for ever.
    """

    __tablename__ = "user"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(sa.String(20), unique=True, default=lambda: secrets.token_hex(10))
    """What the hash chain and addresses name: random, so that it tells nothing when the name is forgotten."""
    email: Mapped[str | None] = mapped_column(sa.String(320), unique=True)
    """Lower case. None for the authors of imported texts."""
    name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[Role] = mapped_column(sa.String(10))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    token: ClassVar[str | None] = None
    """Of the session in which this person was found; set on the object by whoever looks it up, as is the next."""
    seen_at: ClassVar[datetime | None] = None
    """When that session was last noted to be in use."""

    @property
    def identity(self) -> int:
        """The id, without a query when what is known of this person is out of date."""
        key = sa.inspect(self).identity
        return self.id if key is None else key[0]

    def get_id(self) -> str | None:
        """Return what Flask-Login keeps in the cookie: not who it is, but a session that can be ended."""
        return self.token

    @property
    def is_active(self) -> bool:
        """Whether Flask-Login may sign this person in."""
        return self.active

    def may(self, ability: Ability, post: Owned | None = None) -> bool:
        """Return whether this person may do that (to `post`)."""
        own = post is not None and post.author_id == self.id
        return self.active and may(Role(self.role), ability, own=own)

    def must(self, ability: Ability, post: Owned | None = None) -> None:
        """Raise NotAllowed unless this person may do that (to `post`)."""
        if not self.may(ability, post):
            raise NotAllowed

    @staticmethod
    def loaded(row: dict[str, Any]) -> "User":
        """Return the person of a row, of all columns, as an object of the session, as if the session had loaded it.

        In a third of the time, and it is asked at every request.
        """
        if identity_key(User, row["id"]) in db.session.identity_map:
            return db.session.get_one(User, row["id"])
        user = User(**row)
        make_transient_to_detached(user)
        db.session.add(user)
        return user

    @staticmethod
    def with_email(email: str) -> "User | None":
        """Return the person with that address, in any case of letters."""
        return db.session.scalar(sa.select(User).where(User.email == email.strip().lower()))

    @staticmethod
    def with_public_id(public_id: str) -> "User | None":
        """Return the person whom addresses name `public_id`."""
        return db.session.scalar(sa.select(User).where(User.public_id == public_id))


class Operator:
    """Whoever runs `stet` on the machine: the files are theirs, so nothing is refused to them."""

    id = None
    name = "The operator"

    def may(self, ability: Ability, post: Owned | None = None) -> bool:
        """Return True."""
        return True

    def must(self, ability: Ability, post: Owned | None = None) -> None:
        """Do nothing."""


OPERATOR = Operator()
Actor = User | Operator
