"""`python -m bench`: measure, print the table, write the JSON."""

import os
import sys
from collections.abc import Iterator
from functools import partial

import click

from bench import browser, comparing, corpus, desk, floor, parts, probes, report, rounds, server, statements, storage
from bench.browser import Browser, Request
from bench.desk import Desk
from bench.probes import Probe
from bench.report import Figure
from bench.rounds import Cost, Plan
from webapp import clock

SIZES = (100, 1_000, 10_000)
WRITTEN_TO = 1_000
FLAT = 1.2
"""Times the cost with the shortest history, at most, with the longest."""
STATEMENTS = 6
REVISION_BYTES = 1_000
MEMORY_MB = 150
ADJACENT_MS = 2.0
HOSTILE_SECONDS = 0.5
HOSTILE_MB = 500
CHANGED_LINES = 1.02
"""Times what git changes, at most."""

PARTS = ("requests", "statements", "storage", "parts", "comparing")


@click.command()
@click.option("--quick", is_flag=True, help="Short histories and few rounds: to see that it runs.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a goal is missed.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure this part alone; may be repeated.")
def main(*, quick: bool, strict: bool, only: tuple[str, ...]) -> None:
    """Measure Stet against a floor taken in the same run."""
    started = clock.now()
    sizes = SIZES[:2] if quick else SIZES
    plan = Plan(rounds=3, seconds=0.2) if quick else Plan(rounds=15, seconds=0.3)
    figures = [figure for part in only or PARTS for figure in _figures(part, sizes, plan)]
    report.show(figures)
    click.echo(f"Written to {os.path.relpath(report.write(figures, started=started))}")
    if strict and any(figure.met is False for figure in figures):
        sys.exit(1)


def _figures(part: str, sizes: tuple[int, ...], plan: Plan) -> Iterator[Figure]:
    match part:
        case "requests":
            return _requests(desk.of_edits(sizes), plan)
        case "statements":
            return _statements(desk.of_edits(sizes))
        case "storage":
            return _storage()
        case "parts":
            return _parts(desk.of_edits(sizes))
        case _:
            return _comparing()


def _requests(measured: Desk, plan: Plan) -> Iterator[Figure]:
    """Yield what requests cost a real server, and what it takes of memory after them."""
    with desk.copied(measured) as lent:
        account = desk.account(lent)
        environment = floor.make(lent.folder / "floor.sqlite3", corpus.document())
        with (
            server.running("bench.floor", environment=environment, path=probes.EDITOR) as below,
            server.running("webapp", "serve", environment={"STET_DATA": str(lent.folder)}, path="/healthz") as ours,
        ):
            send = Browser(ours.port).send
            browser.sign_in(send, **account)
            floor_send = Browser(below.port).send
            floors = {
                path: Probe(f"the floor at {path}", partial(floor_send, Request(path)))
                for path in (probes.EDITOR, probes.ROWS)
            }
            # Written to last: the lengths of the histories, and the pages in the cache, stay those of the names.
            for group, asked in (
                ("reading", [*probes.reading(lent, send)]),
                ("writing", [*probes.writing(lent, send, size=WRITTEN_TO)]),
            ):
                costs = rounds.measure(asked, on=ours, floors=floors, floor_on=below, plan=plan)
                yield from (_figure(group, probe, costs[probe.name]) for probe in asked)
                if group == "reading":
                    yield from _flatness(costs, tuple(lent.posts))
            yield Figure("memory", "server, all processes", ours.memory_bytes() / 1e6, "MB", goal=MEMORY_MB)


def _figure(group: str, probe: Probe, cost: Cost) -> Figure:
    return Figure(
        group,
        probe.name,
        cost.cpu_ms,
        "ms",
        floor=cost.floor_ms,
        ratio=cost.times_floor,
        goal=probe.goal,
        detail=f"{cost.wall_ms:.2f} ms by the clock, {cost.answer_bytes / 1000:,.1f} KB",
    )


def _flatness(costs: dict[str, Cost], sizes: tuple[int, ...]) -> Iterator[Figure]:
    short, long = min(sizes), max(sizes)
    for name, of in (
        ("open the middle", lambda size: probes.opening("middle", size)),
        ("timeline", probes.timeline),
    ):
        near, far = costs[of(short)], costs[of(long)]
        yield Figure(
            "flatness",
            f"{name}, {long:,} to {short:,}",
            far.cpu_ms,
            "ms",
            floor=near.cpu_ms,
            ratio=far.times_floor / near.times_floor,
            goal=FLAT,
        )


def _statements(measured: Desk) -> Iterator[Figure]:
    with desk.copied(measured) as lent:
        account = desk.account(lent)
        app = desk.application(lent.folder)
        send = browser.in_process(app)
        browser.sign_in(send, **account)
        # The goal is for what is looked at in place, not for the page around it nor for writing.
        for probe in probes.reading(lent, send):
            count = statements.of(probe, app)
            yield Figure("statements", probe.name, count, "SQL", goal=STATEMENTS if probe.goal else None)
        for probe in probes.writing(lent, send, size=WRITTEN_TO):
            yield Figure("statements", probe.name, statements.of(probe, app), "SQL")


def _storage() -> Iterator[Figure]:
    taken = storage.taken()
    ratio = None if taken.git is None else taken.database / taken.git
    yield Figure("storage", f"database, {taken.what}", taken.database, "B a revision", goal=REVISION_BYTES)
    yield Figure("storage", "packed texts alone", taken.packed, "B a revision")
    if taken.git is not None:
        yield Figure("storage", "git gc --aggressive", taken.git, "B a revision", detail=f"{ratio:.2f} × this")


def _parts(measured: Desk) -> Iterator[Figure]:
    for name, ms in parts.measured():
        yield Figure("parts", name, ms, "ms")
    with desk.opened(measured.folder):
        revisions, ms = parts.verifying()
    yield Figure("parts", "verify a revision", ms, "ms", detail=f"of {revisions:,}")


def _comparing() -> Iterator[Figure]:
    contest = comparing.adjacent(200)
    beside = f"git {contest.git:.2f} ms, with its start; difflib {contest.difflib:.1f} ms; median of {contest.pairs}"
    yield Figure("comparing", "adjacent revisions, 75 KB", contest.ours, "ms", goal=ADJACENT_MS, detail=beside)
    for one in comparing.endured():
        theirs = f"> {comparing.PATIENCE_SECONDS}" if one.difflib is None else f"{one.difflib:.2f}"
        beside = f"git {one.git:.2f} s, difflib {theirs} s"
        yield Figure("comparing", f"1 MB, {one.kind}", one.ours, "s", goal=HOSTILE_SECONDS, detail=beside)
        yield Figure("comparing", f"1 MB, {one.kind}: memory", one.megabytes, "MB", goal=HOSTILE_MB)
    ours, git = comparing.changed_lines()
    yield Figure("comparing", "lines changed", ours, "lines", floor=git, ratio=ours / git, goal=CHANGED_LINES)
    merged = comparing.merged()
    beside = f"of {merged.both_clean:,} that both merge; only we {merged.only_ours}, only git {merged.only_git}"
    yield Figure("comparing", "merges unlike git's", merged.different, "merges", goal=0, detail=beside)


if __name__ == "__main__":
    main()
