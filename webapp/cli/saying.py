"""How commands speak: lines or JSON on standard output, refusals as one line and exit code 1."""

import functools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import click
import sqlalchemy as sa
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from webapp import engines
from webapp.errors import StetError

P = ParamSpec("P")
R = TypeVar("R")

as_json = click.option("--json", "as_json", is_flag=True, help="Machine-readable answer.")


def refusals(command: Callable[P, R]) -> Callable[P, R]:
    """Turn a refusal, or a database that does not do its part, into a sentence on standard error and exit code 1."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except StetError as error:
            raise click.ClickException(str(error)) from error
        except sa.exc.DBAPIError as error:
            if not isinstance(error, sa.exc.OperationalError) and type(error) is not sa.exc.DatabaseError:
                raise  # a statement of ours is wrong
            raise click.ClickException(_database(error)) from error

    return wrapper


def _database(error: sa.exc.DBAPIError) -> str:
    if engines.is_full(error):
        return "The disk is full, so nothing more can be written."
    said = str(error.orig).strip().splitlines() or ["it does not say why"]
    return f"The database does not answer: {said[0]}"


def answer(facts: dict[str, object], sentence: str, *, as_json: bool) -> None:
    """Print `facts` as one line of JSON, or the sentence."""
    click.echo(json.dumps(facts) if as_json else sentence)


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show how far a long work is: a bar on a terminal, elsewhere a plain line now and then, on standard error.

    The block gets a function to call with the number of steps done.
    """
    if sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(what, total=total)
            yield lambda done: bar.update(task, completed=done)
    else:
        yield _Lines(what, total).tell


class _Lines:
    """One line for each tenth of the work, or for each thousand steps where the total is unknown."""

    def __init__(self, what: str, total: int | None) -> None:
        self._what = what
        self._total = total
        self._every = max(1, total // 10) if total else 1000
        self._said = 0

    def tell(self, done: int) -> None:
        """Say how far it is, if it is time."""
        if done - self._said >= self._every or done == self._total:
            self._said = done
            click.echo(f"{self._what}: {done}{f' of {self._total}' if self._total else ''}", err=True)
