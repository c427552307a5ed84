"""The results: a table for people, JSON for later runs to be compared with."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from bench.server import ROOT
from webapp import clock
from webapp.engines import sqlite_module

_RESULTS = Path(__file__).with_name("results")
_LIBRARIES = ("flask", "granian", "jinja2", "sqlalchemy", "sqlalchemy-continuum")
_MARKS = {True: "[green]✓[/]", False: "[red]✗[/]", None: ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """One result. `ratio` is to the `floor`, which is in the same `unit`.

    `goal` is the most that the ratio may be where there is one, else the most that the value may be.
    """

    group: str
    name: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    goal: float | None = None
    detail: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.goal


def show(figures: Iterable[Figure]) -> None:
    """Print the table."""
    table = Table("", "", "value", "floor", "×", "goal", "", "", box=None, header_style="dim")
    for column in table.columns[2:6]:
        column.justify = "right"
    group = None
    for figure in figures:
        if figure.group != group:
            table.add_section()
        table.add_row(
            "" if figure.group == group else f"[bold]{figure.group}[/]",
            figure.name,
            f"{_written(figure.value)} [dim]{figure.unit}[/]",
            "" if figure.floor is None else _written(figure.floor),
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            "" if figure.goal is None else f"≤ {figure.goal:g}{'' if figure.ratio is None else ' ×'}",
            _MARKS[figure.met],
            f"[dim]{figure.detail}[/]",
        )
        group = figure.group
    # As wide as it needs to be where nobody looks: in a log, a cut figure is none.
    Console(width=None if os.isatty(1) else 140).print(table)


def write(figures: Iterable[Figure], *, started: datetime) -> Path:
    """Write the figures and the facts of this machine to a file of this moment, and return its path."""
    _RESULTS.mkdir(exist_ok=True)
    path = _RESULTS / f"{started:%Y-%m-%dT%H-%M-%S}.json"
    content = {
        "at": started.isoformat(timespec="seconds"),
        "seconds": round((clock.now() - started).total_seconds()),
        "commit": _commit(),
        "machine": _machine(),
        "figures": [asdict(figure) | {"met": figure.met} for figure in figures],
    }
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    return path


def _written(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def _machine() -> dict[str, object]:
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "load": psutil.getloadavg(),
        "python": platform.python_version(),
        "sqlite": sqlite_module().sqlite_version,
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _commit() -> str | None:
    """Return what is measured, as git names it; None outside of a repository or before the first commit."""
    asked = subprocess.run(
        ["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or None
