"""Whether the database answers."""

import sqlalchemy as sa

from webapp.database import db


def ask() -> None:
    """Ask it something. Raises sqlalchemy.exc.OperationalError if it does not answer."""
    db.session.execute(sa.text("SELECT 1"))
