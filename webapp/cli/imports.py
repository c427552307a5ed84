"""`stet import`: bring texts in with their history."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from webapp import schema
from webapp.cli import saying
from webapp.git import Repository
from webapp.models import OPERATOR
from webapp.operations import import_plan
from webapp.operations import imports as importing
from webapp.operations.imports import Imported
from webapp.pure import plural

INTERRUPTED = "{path}: interrupted. What is in is whole; the same command goes on from there."


@click.group(name="import", cls=AppGroup)
def imports() -> None:
    """Bring texts in with their history."""


@imports.command()
@click.argument("repo", type=click.Path(path_type=Path))
@click.argument("path")
@click.option("--ref", default="HEAD", show_default=True, help="The branch, tag or commit whose history it is.")
@click.option("--all", "everything", is_flag=True, help="PATH is a folder: import every Markdown file in it.")
@click.option("--over", is_flag=True, help="Add to posts that were edited here since the last import.")
@click.option("--skip-bad", is_flag=True, help="Leave out versions that cannot be stored.")
@saying.as_json
@saying.refusals
def git(*, repo: Path, path: str, ref: str, everything: bool, over: bool, skip_bad: bool, as_json: bool) -> None:
    """Make a post of the file PATH of the repository REPO, or add to it what is new.

    Each commit on the line of first parents that changed the text is a revision, with its author, time and
    subject; renames are followed. If any version cannot be stored, nothing is written. An import that was
    interrupted goes on where it stopped when it is run again.
    """
    schema.bring_up_to_date()
    repository = Repository(repo, ref=ref)
    paths = repository.markdown(path) if everything else (repository.path(path),)
    if not paths:
        raise click.ClickException(f"There are no Markdown files in {path}.")
    for plan in import_plan.of(repository, paths, over=over, skip_bad=skip_bad):
        try:
            with saying.progress(plan.path, len(plan.versions)) as tell:
                imported = importing.carry_out(plan, by=OPERATOR, progress=tell)
        except KeyboardInterrupt as interrupt:
            raise click.ClickException(INTERRUPTED.format(path=plan.path)) from interrupt
        saying.answer(_facts(imported), _sentences(imported), as_json=as_json)


def _facts(imported: Imported) -> dict[str, object]:
    return {
        "post": imported.post_id,
        "address": f"/{imported.post_id}",
        "url": _url(imported),
        "title": imported.title,
        "path": imported.path,
        "revisions": imported.revisions,
        "added": imported.added,
        "same": imported.same,
        "line_ends": imported.line_ends,
        "skipped": [{"commit": bad.commit, "what": bad.what} for bad in imported.skipped],
        "remarks": list(imported.remarks),
    }


def _sentences(imported: Imported) -> str:
    post = f"post {imported.post_id}, “{imported.title}”"
    counted = f"{plural.of(imported.added, 'revision')} added to {post}, which has {imported.revisions} now"
    lines = [f"{imported.path}: {counted}: {_url(imported)}"]
    if imported.same:
        lines.append(f"  commits that did not change the text and made no revision: {imported.same}")
    if imported.line_ends:
        lines.append(f"  versions with CRLF or CR line ends in git, which are LF here: {imported.line_ends}")
    lines += [f"  {remark}" for remark in imported.remarks]
    lines += [f"  left out {bad.commit}: {bad.what}" for bad in imported.skipped]
    return "\n".join(lines)


def _url(imported: Imported) -> str:
    config = current_app.extensions["stet"]
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"http://{host}:{config.port}/{imported.post_id}"
