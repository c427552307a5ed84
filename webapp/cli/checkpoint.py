"""`stet checkpoint`: a signed note about the history, to keep elsewhere and to hold the history against later."""

import sys
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import schema
from webapp.cli import saying
from webapp.cli.verify import DOES_NOT_VERIFY
from webapp.history import stats

# `operations/checkpoint` is imported where it is used: every server loads these commands too, none of them ever signs
# anything, and the library for it takes six megabytes.
LONGEST_NOTE_BYTES = 1_000_000


@click.command()
@click.option("--check", "kept", type=click.File("rb"), metavar="FILE", help="Hold the history against a kept note.")
@click.option("--public-key", is_flag=True, help="Print the key that others check the signature with.")
@saying.as_json
@saying.refusals
@with_appcontext
def checkpoint(*, kept: BinaryIO | None, public_key: bool, as_json: bool) -> None:
    """Print a signed note that vouches for every revision up to now. Keep it on another machine.

    A history that is cut off or rewritten as a whole still verifies by itself; only such a note shows it: --check
    ends with exit code 3 then. What is erased or thinned out does not matter to it. `stet verify` proves the texts.
    """
    if kept is not None and public_key:
        raise click.UsageError("Choose one of --check and --public-key.")
    data: Path = current_app.extensions["stet"].data
    if public_key:
        _tell_key(data, as_json=as_json)
        return
    schema.bring_up_to_date()
    if kept is None:
        _take(data, as_json=as_json)
    else:
        _check(kept.read(LONGEST_NOTE_BYTES).decode(errors="replace"), data, as_json=as_json)


def _tell_key(data: Path, *, as_json: bool) -> None:
    from webapp.operations import checkpoint as signing  # noqa: PLC0415

    line = signing.public_key(data)
    saying.answer({"public_key": line}, line, as_json=as_json)


def _take(data: Path, *, as_json: bool) -> None:
    from webapp.operations import checkpoint as signing  # noqa: PLC0415

    with saying.progress("Reading", stats.everything().revisions) as tell:
        signed = signing.take(data, progress=tell)
    facts: dict[str, object] = {
        "origin": signed.origin,
        "revisions": signed.size,
        "root": signed.root.hex(),
        "note": signed.note,
    }
    saying.answer(facts, signed.note.removesuffix("\n"), as_json=as_json)


def _check(note: str, data: Path, *, as_json: bool) -> None:
    from webapp.operations import checkpoint as signing  # noqa: PLC0415

    with saying.progress("Reading", None) as tell:
        checked = signing.check(note, data, progress=tell)
    facts: dict[str, object] = {"ok": checked.ok, "revisions": checked.size, "says": checked.says}
    saying.answer(facts, f"{checked.says}.", as_json=as_json)
    if not checked.ok:
        sys.exit(DOES_NOT_VERIFY)
