"""Processes of the tests' own that act at once; each has imported all it needs before it begins."""

import multiprocessing
from multiprocessing.pool import Pool

# Forked from one that has imported these: spawned, each would do so for itself, for a second.
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["pytest", "webapp"])


def pool(number: int) -> Pool:
    """Return that many processes, which take nothing over from this one but what they are given."""
    return FORKED.Pool(number)
