"""`stet backup` and `stet restore-backup`: the whole desk as one file, and back."""

import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import with_appcontext

from webapp.cli import saying
from webapp.cli.verify import DOES_NOT_VERIFY
from webapp.history.verify import Report
from webapp.operations import backup as keeping
from webapp.operations.backup import Backup
from webapp.pure import plural

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
NOT_IN_IT = "The keys (secret_key and signing_key in STET_DATA, or SECRET_KEY) are not in it: keep them apart from it."


@click.command()
@FILE
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@saying.as_json
@saying.refusals
@with_appcontext
def backup(*, file: Path, force: bool, as_json: bool) -> None:
    """Copy the whole desk into FILE while people go on writing, and look whether the copy holds.

    SQLite: the copy is a SQLite file. PostgreSQL: a pg_dump in its custom format, checked in a scratch database.
    Exit code 3: the copy does not verify; it is left as FILE.doubtful, and FILE is not touched.
    """
    made = keeping.take(file, force=force, progress=saying.progress)
    _answer(facts(made), sentence(made), made.report, as_json=as_json)
    if not as_json:
        click.echo(NOT_IN_IT, err=True)


@click.command("restore-backup")
@FILE
@saying.as_json
@saying.refusals
@with_appcontext
def restore_backup(*, file: Path, as_json: bool) -> None:
    """Put the desk of a backup where there is none yet, and verify it. Everybody has to sign in again.

    Whatever was erased after the backup is back: erase it again. Exit code 3: it is back, but does not verify.
    """
    report = keeping.restore(file, progress=saying.progress)
    _answer(
        {"ok": report.ok, **_counts(report)},
        f"The desk is back, with {_counted(report)}. Everybody has to sign in again.",
        report,
        as_json=as_json,
    )


def facts(made: Backup) -> dict[str, object]:
    """Return what the machine is told of a backup."""
    told: dict[str, object] = {"ok": made.ok, "file": str(made.file), "bytes": made.size_bytes}
    return {**told, "checked": made.checked, **_counts(made.report)}


def sentence(made: Backup) -> str:
    """Return what a person is told of a backup."""
    megabytes = made.size_bytes / 1e6
    return f"{made.file} holds {_counted(made.report)} ({megabytes:,.1f} MB). The copy was {made.checked}."


def _answer(facts: dict[str, object], sentence: str, report: Report | None, *, as_json: bool) -> None:
    bad = None if report is None else report.first_bad
    if bad is not None:
        facts["first_bad"] = asdict(bad)
        sentence = f"{sentence}\nRevision {bad.revision} of post {bad.post} does not hold: {bad.what}."
    saying.answer(facts, sentence, as_json=as_json)
    if bad is not None:
        sys.exit(DOES_NOT_VERIFY)


def _counts(report: Report | None) -> dict[str, object]:
    return {"posts": report and report.posts, "revisions": report and report.revisions}


def _counted(report: Report | None) -> str:
    return (
        "the desk"
        if report is None
        else f"{plural.of(report.revisions, 'revision')} of {plural.of(report.posts, 'post')}"
    )
