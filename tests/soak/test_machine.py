"""Nobody loses text, whatever two people with two tabs each do at one post."""

from tests.soak import machine
from webapp.history import verify

AMOUNT = {"sqlite": {"examples": 40, "steps": 30}, "postgresql": {"examples": 12, "steps": 25}}
"""A step takes five times as long on PostgreSQL; `make soak` takes many more on both."""


def test_nobody_loses_text_whatever_they_do(app, cast, backend):
    machine.work(cast.author, cast.editor, cast.admin, **AMOUNT[backend], derandomize=True)

    assert verify.everything().ok
