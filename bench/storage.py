"""What the history takes on the disk."""

from dataclasses import dataclass

from bench import corpus, desk
from bench.desk import Desk
from webapp.history import stats


@dataclass(frozen=True, slots=True)
class Storage:
    """Bytes for one revision: of the database with all that is in it, and of its packed text alone.

    `git` is the same history in git's best packing; None where that history is not at hand.
    """

    what: str
    database: float
    packed: float
    git: float | None


def taken() -> Storage:
    """Return what the real history takes, or where there is none, 1,000 revisions of an invented text."""
    history = corpus.real()
    if history is None:
        return _taken(desk.of_edits((1_000,)), "invented history", git_bytes=None)
    return _taken(desk.of_history(history), "real history", git_bytes=history.git_bytes)


def _taken(measured: Desk, what: str, *, git_bytes: int | None) -> Storage:
    with desk.opened(measured.folder):
        counted = stats.everything()
    return Storage(
        what=what,
        database=counted.database_bytes / counted.revisions,
        packed=counted.packed_bytes / counted.revisions,
        git=None if git_bytes is None else git_bytes / counted.revisions,
    )
