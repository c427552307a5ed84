"""Measures probes in rounds, the floor right before each: what else the machine does then hits both alike."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rich.progress import track

from bench.probes import Probe
from bench.server import Server


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure."""

    rounds: int
    seconds: float
    """Of wall time for one probe in one round."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a request costs: medians over the rounds, of CPU and wall milliseconds.

    `times_floor` is the median of each round's own ratio, which a noisy machine moves less than the ratio of medians.
    """

    cpu_ms: float
    floor_ms: float
    times_floor: float
    wall_ms: float
    answer_bytes: int


@dataclass(frozen=True, slots=True)
class _Slice:
    cpu_ms: float
    wall_ms: float
    answer_bytes: int


def measure(
    probes: Sequence[Probe], *, on: Server, floors: Mapping[str, Probe], floor_on: Server, plan: Plan
) -> dict[str, Cost]:
    """Return the cost of every probe by its name; `floors` has each floor by its path."""
    for probe, server in (*((floor, floor_on) for floor in floors.values()), *((probe, on) for probe in probes)):
        _slice(probe, server, seconds=0.1)  # the first request of each fills caches
    pairs: dict[str, list[tuple[_Slice, _Slice]]] = {probe.name: [] for probe in probes}
    for _ in track(range(plan.rounds), description="Measuring", transient=True):
        for probe in probes:
            below = _slice(floors[probe.floor], floor_on, seconds=plan.seconds)
            pairs[probe.name].append((below, _slice(probe, on, seconds=plan.seconds)))
    return {name: _cost(slices) for name, slices in pairs.items()}


def _slice(probe: Probe, server: Server, *, seconds: float) -> _Slice:
    """Send one request after the other for some seconds."""
    before = server.cpu_seconds()
    start = time.perf_counter()
    requests = 0
    while requests == 0 or time.perf_counter() - start < seconds:
        answer = probe.ask()
        requests += 1
    wall = time.perf_counter() - start
    cpu = server.cpu_seconds() - before
    return _Slice(1000 * cpu / requests, 1000 * wall / requests, len(answer.body))


def _cost(slices: Iterable[tuple[_Slice, _Slice]]) -> Cost:
    below, own = zip(*slices, strict=True)
    return Cost(
        cpu_ms=median(part.cpu_ms for part in own),
        floor_ms=median(part.cpu_ms for part in below),
        times_floor=median(part.cpu_ms / floor.cpu_ms for floor, part in zip(below, own, strict=True)),
        wall_ms=median(part.wall_ms for part in own),
        answer_bytes=own[-1].answer_bytes,
    )
