"""Whether the database answers, and is still the one that was opened."""

import sqlalchemy as sa

from webapp import engines
from webapp.database import db


def ask() -> None:
    """Ask it for a row. Raises sqlalchemy.exc.DBAPIError if it does not answer, FileNotFoundError if its file is gone.

    An open connection goes on reading and writing a SQLite file that was taken away, and nobody would ever find it.
    """
    if (file := engines.sqlite_file(db.engine.url)) is not None:
        file.stat()
    db.session.execute(sa.text("SELECT version_num FROM alembic_version")).one()
