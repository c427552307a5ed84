"""Whether the database answers, and is still the one that was opened."""

from pathlib import Path

import sqlalchemy as sa

from webapp.database import db


def ask() -> None:
    """Ask it for a row. Raises sqlalchemy.exc.DBAPIError if it does not answer, FileNotFoundError if its file is gone.

    An open connection goes on reading and writing a SQLite file that was taken away, and nobody would ever find it.
    """
    file = db.engine.url.database
    if db.engine.dialect.name == "sqlite" and file:
        Path(file).stat()
    db.session.execute(sa.text("SELECT version_num FROM alembic_version")).one()
