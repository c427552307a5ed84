"""`stet verify`: recompute the whole history."""

import sys
from dataclasses import asdict

import click
from flask.cli import with_appcontext

from webapp import schema
from webapp.cli import saying
from webapp.history import stats
from webapp.history import verify as verifying
from webapp.pure import plural

DOES_NOT_VERIFY = 3


@click.command()
@saying.as_json
@saying.refusals
@with_appcontext
def verify(*, as_json: bool) -> None:
    """Check every text, commitment and digest; exit code 3 names the first revision that does not hold."""
    schema.bring_up_to_date()
    with saying.progress("Verifying", stats.everything().revisions) as tell:
        report = verifying.everything(progress=tell)
    facts: dict[str, object] = {"ok": report.ok, "posts": report.posts, "revisions": report.revisions}
    if report.first_bad is None:
        counted = f"{plural.of(report.revisions, 'revision')} of {plural.of(report.posts, 'post')}"
        saying.answer(facts, f"All of it holds: {counted}.", as_json=as_json)
        return
    bad = report.first_bad
    facts["first_bad"] = asdict(bad)
    saying.answer(facts, f"Revision {bad.revision} of post {bad.post} does not hold: {bad.what}.", as_json=as_json)
    sys.exit(DOES_NOT_VERIFY)
