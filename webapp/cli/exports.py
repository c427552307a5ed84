"""`stet export`: take everything away, history included."""

from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from webapp import schema
from webapp.cli import saying
from webapp.history import stats
from webapp.models import OPERATOR
from webapp.operations import exports as exporting
from webapp.operations.exports import Exported


@click.group(name="export", cls=AppGroup)
def exports() -> None:
    """Take everything away, history included."""


@exports.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@saying.as_json
@saying.refusals
def git(*, folder: Path, as_json: bool) -> None:
    """Make a git repository in DIR: a file for each post, a commit for each revision, in the order of time.

    Posts in the trash and texts that are not kept any more are not in it.
    """
    schema.bring_up_to_date()
    with saying.progress("Exporting", stats.everything().revisions) as tell:
        exported = exporting.to_git(folder, by=OPERATOR, progress=tell)
    saying.answer({"folder": str(folder), **asdict(exported)}, _sentences(exported, folder), as_json=as_json)


def _sentences(exported: Exported, folder: Path) -> str:
    lines = [f"{folder} has the history of the desk. Posts: {exported.posts}, revisions: {exported.revisions}"]
    lines += [
        f"  left out: revision {left.revision} of post {left.post}, whose text was {left.what}"
        for left in exported.left
    ]
    if exported.in_trash:
        lines.append(f"  left in the trash: {exported.in_trash}")
    return "\n".join(lines)
