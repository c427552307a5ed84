"""`make soak`: crash the desk, crowd it, back it up under load and work at it, and print what came of it."""

import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

import click

from tests.soak import backups, crashes, crowd, work

BACKENDS = ("sqlite", "postgresql")


@click.command()
@click.option("--sqlite", default=100, show_default=True, help="Crashes of a desk on SQLite.")
@click.option("--postgresql", default=40, show_default=True, help="Crashes on PostgreSQL, server and database in turn.")
@click.option("--writers", default=64, show_default=True, help="Who save one post at once, 20 times each.")
@click.option("--backups", "copies", default=25, show_default=True, help="Backups under load.")
@click.option("--posts", default=500, show_default=True, help="At which two people do what comes to their minds.")
def main(*, sqlite: int, postgresql: int, writers: int, copies: int, posts: int) -> None:
    """Do all of it, each on SQLite and on PostgreSQL; exit code 1 if anything was lost, doubled or damaged."""
    ok = True
    for backend, cycles in zip(BACKENDS, (sqlite, postgresql), strict=True):
        ok &= _told(f"{backend}: crashes", partial(crashes.run, backend, cycles=cycles))
        ok &= _told(f"{backend}: one post, many writers", partial(crowd.run, backend, writers=writers, saves=20))
        ok &= _told(f"{backend}: backups under load", partial(backups.run, backend, backups=copies))
        ok &= _told(f"{backend}: two people at work", partial(work.run, backend, examples=posts))
    if not ok:
        sys.exit(1)


def _told(what: str, run: Callable[[], crashes.Crashed | crowd.Crowded | backups.BackedUp | work.Worked]) -> bool:
    started = time.monotonic()
    result = run()
    facts = ", ".join(f"{name} {value}" for name, value in asdict(result).items() if name != "faults")
    click.echo(f"{what}: {facts}, in {time.monotonic() - started:.0f} s")
    for fault in result.faults:
        click.echo(f"  WRONG: {fault}")
    return not result.faults


if __name__ == "__main__":
    main()
