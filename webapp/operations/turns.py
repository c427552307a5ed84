"""Taking turns where two people must not decide at once on the same facts."""

import sqlalchemy as sa

from webapp.database import Base, db, fetch
from webapp.models import User

_PERSON = sa.select(User.id).where(User.id == sa.bindparam("user_id")).with_for_update(key_share=True)


def take(table: type[Base]) -> None:
    """Wait until nobody else writes `table`, and keep them from it until this transaction ends; all still read.

    For "no row says so yet", which there is no row to lock for. Must be the first statement inside
    `transaction()`, so that what follows reads what the one before left. On SQLite every transaction is a turn.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        name = db.engine.dialect.identifier_preparer.quote(table.__tablename__)
        db.session.execute(sa.text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))


def of_one(user: User) -> None:
    """Wait until nothing else is under way that takes the turn of the same person, in another tab of theirs.

    Others are not kept waiting, nor is what only refers to the person. After the lock of a post, where both are due.
    """
    fetch(_PERSON, {"user_id": user.id})
