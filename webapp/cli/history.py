"""`stet history`: how much there is of it, and thinning it out by policy."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby

import click
from flask.cli import with_appcontext

from webapp import schema
from webapp.cli import saying
from webapp.history import stats as counting
from webapp.models import OPERATOR
from webapp.operations import forget
from webapp.operations import prune as pruning
from webapp.operations.prune import Pruned
from webapp.pure import plural, retention
from webapp.pure.retention import Policy


@click.group()
def history() -> None:
    """Look after the history as a whole."""


@history.command()
@saying.as_json
@saying.refusals
@with_appcontext
def stats(*, as_json: bool) -> None:
    """Say how many revisions there are and what they take."""
    schema.bring_up_to_date()
    counted = counting.everything()
    each = counted.database_bytes / counted.revisions if counted.revisions else 0
    saying.answer(
        asdict(counted),
        f"{plural.of(counted.revisions, 'revision')} of {plural.of(counted.posts, 'post')}: "
        f"{counted.text_bytes:,} bytes of text, packed into "
        f"{counted.packed_bytes:,}; the database takes {counted.database_bytes:,} bytes, {each:,.0f} a revision.",
        as_json=as_json,
    )


@history.command()
@click.option("--policy", "text", metavar="TEXT", required=True, help="Such as “after 30 days keep one a day”.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and write nothing.")
@saying.as_json
@saying.refusals
@with_appcontext
def prune(*, text: str, dry_run: bool, as_json: bool) -> None:
    """Thin out old texts, in the trash too; who saved what number when stays, and the history still verifies.

    TEXT is one rule or several, for older and older texts: “after 30 days keep one a day, after a year keep one a
    month”. The first and the latest revision of a post, those with a label and all that were ever published are never
    thinned out. Whatever TEXT says, of a draft that ended a day ago one state an hour stays, of states older than a
    week one a day; and drafts that ended longer ago than STET_DRAFT_DAYS go.
    """
    policy = _policy(text)
    schema.bring_up_to_date()
    reason = f"thinned out by the policy “{' '.join(text.split())}”"
    with saying.progress("Thinning out", counting.everything().posts) as tell:
        pruned = pruning.by_policy(policy, reason=reason, by=OPERATOR, dry_run=dry_run, progress=tell)
    drafts, states = forget.by_age(dry_run=dry_run), forget.thin_out(dry_run=dry_run)
    facts: dict[str, object] = {"posts": pruned.posts, "revisions": pruned.revisions, "thinned": pruned.thinned}
    facts |= {"drafts": drafts, "draft_states": states}
    if dry_run:
        facts["would_go"] = [asdict(thinned) for thinned in pruned.gone]
    saying.answer(facts, "\n".join(_lines(pruned, drafts, states, dry_run=dry_run)), as_json=as_json)


def _policy(text: str) -> Policy:
    try:
        return retention.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--policy") from error


def _lines(pruned: Pruned, drafts: int, states: int, *, dry_run: bool) -> Iterator[str]:
    would_be = "would be " if dry_run else ""
    if drafts:
        yield f"{plural.of(drafts, 'ended draft')} {would_be}let go of"
    if states:
        yield f"{plural.of(states, 'state')} of ended drafts {would_be}thinned out"
    yield f"{plural.of(pruned.thinned, 'text')} of {plural.of(pruned.posts, 'post')} {would_be}thinned out"
    if not dry_run:
        return
    for thinned in pruned.gone:
        yield f"  post {thinned.post}: revisions {_spans(thinned.revisions)}"


def _spans(numbers: tuple[int, ...]) -> str:
    """Return numbers in order as `1–3, 5`."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
