"""`stet history`: how much there is of it, and thinning it out by policy."""

from dataclasses import asdict

import click
from flask.cli import with_appcontext

from webapp import schema
from webapp.cli import saying
from webapp.history import stats as counting


@click.group()
def history() -> None:
    """Look after the history as a whole."""


@history.command()
@saying.as_json
@with_appcontext
def stats(*, as_json: bool) -> None:
    """Say how many revisions there are and what they take."""
    schema.bring_up_to_date()
    counted = counting.everything()
    each = counted.database_bytes / counted.revisions if counted.revisions else 0
    saying.answer(
        asdict(counted),
        f"{counted.revisions} revisions of {counted.posts} posts: {counted.text_bytes:,} bytes of text, packed into "
        f"{counted.packed_bytes:,}; the database takes {counted.database_bytes:,} bytes, {each:,.0f} a revision.",
        as_json=as_json,
    )
