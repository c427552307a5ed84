"""A lock on a file, which processes and threads wait for in the order in which they came, and not for ever."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_WAITING = 64
"""Threads of this process; whoever comes when so many wait already would hardly have their turn in time."""

_waiting = threading.BoundedSemaphore(MOST_WAITING)


@contextmanager
def held(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold the lock on the file `path`, made if there is none, for the block. Raises TimeoutError.

    `flock(2)` itself waits for ever, and trying again and again would lose one's place in the queue: so a thread
    waits. One that is left behind gives the lock back as soon as it gets it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _wait(descriptor, seconds)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, seconds: float) -> None:
    """Return when the lock is held. It belongs to the open file, until the last descriptor of that is closed."""
    if not _waiting.acquire(blocking=False):
        raise TimeoutError
    got = threading.Event()
    threading.Thread(target=_lock, args=(os.dup(descriptor), got), daemon=True).start()
    if not got.wait(seconds):
        raise TimeoutError


def _lock(descriptor: int, got: threading.Event) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        got.set()
    finally:
        os.close(descriptor)
        _waiting.release()
