"""Kill the server, or PostgreSQL under it, again and again while people write."""

import random
import time
from dataclasses import dataclass

from tests.soak import desk as desks
from tests.soak.desk import Desk
from tests.soak.writer import Writer

WRITERS = 8
MOST_SAVES = 40
"""Between a start and the crash."""
LONGEST_SECONDS = 5
"""Between a start and the crash, where saves take long."""
RECOVERY_SECONDS = 5
"""At most, from the moment that PostgreSQL runs again to the next save."""


@dataclass(frozen=True, slots=True)
class Crashed:
    """What came of it; `recovery_seconds` is the longest that a save took after PostgreSQL ran again."""

    cycles: int
    saves: int
    autosaves: int
    unanswered: int
    unavailable: int
    recovery_seconds: float
    faults: tuple[str, ...]


def run(backend: str, *, cycles: int, writers: int = WRITERS) -> Crashed:
    """Crash `cycles` times; on PostgreSQL the server's processes and the database take turns."""
    with desks.fresh(backend) as desk:
        with desk.serving():
            people = desks.writers(desk, writers)
        slowest, done, faults = 0.0, 0, []
        while done < cycles:
            with desk.serving():
                faults += _checked(desk, people)
                for person in people:
                    person.start()
                if backend == "postgresql":
                    done += 1
                    slowest = max(slowest, _crash_database(desk, people))
                if done < cycles:
                    done += 1
                    _wait(people)
                    desk.kill_server()
                for person in people:
                    person.stop()
        with desk.serving():
            faults += _checked(desk, people)
        ledgers = [person.ledger for person in people]
        return Crashed(
            cycles=done,
            saves=sum(len(ledger.saved) for ledger in ledgers),
            autosaves=sum(len(ledger.kept) for ledger in ledgers),
            unanswered=sum(ledger.lost for ledger in ledgers),
            unavailable=sum(ledger.unavailable for ledger in ledgers),
            recovery_seconds=round(slowest, 2),
            faults=tuple(dict.fromkeys(faults)),
        )


def _crash_database(desk: Desk, people: list[Writer]) -> float:
    """Return how long after it runs again the first save was acknowledged, in seconds."""
    _wait(people)
    desk.kill_database()
    again = time.monotonic()
    while max(person.ledger.last_at for person in people) < again and time.monotonic() < again + 60:
        time.sleep(0.01)
    return time.monotonic() - again


def _checked(desk: Desk, people: list[Writer]) -> list[str]:
    """Have the saves that were left open sent again, and hold the desk against what its writers know."""
    for person in people:
        person.settle()
    with desk.open():
        return desks.faults([person.ledger for person in people])


def _wait(people: list[Writer]) -> None:
    """Let a random moment come, some saves from now."""
    enough = _saved(people) + random.randrange(MOST_SAVES)
    until = time.monotonic() + LONGEST_SECONDS
    while _saved(people) < enough and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.02))


def _saved(people: list[Writer]) -> int:
    return sum(len(person.ledger.saved) for person in people)
