"""Counts the SQL statements of a request."""

import sqlalchemy as sa
from flask import Flask

from bench.probes import Probe
from webapp.database import db

_AROUND = ("BEGIN", "COMMIT", "ROLLBACK")


def of(probe: Probe, app: Flask) -> int:
    """Return how many statements `probe` makes `app` run, without those that begin and end a transaction.

    Call it outside of the application's context: requests would share what they keep for their own time.
    """
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(_AROUND):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    probe.ask()  # the first may do more: begin a session, look for a form
    sa.event.listen(engine, "before_cursor_execute", note)
    probe.ask()
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)
