"""What the tests of the views need besides."""

import contextvars
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask


@pytest.fixture
def a_context_for_every_request(app: Flask) -> None:
    """Give each request a context and a database session of its own, as a real server does.

    In the context of the test, what one browser's request remembers (who is signed in) would meet the next one's.
    """
    inside = app.wsgi_app

    def outside(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return contextvars.Context().run(inside, environ, start_response)

    app.wsgi_app = outside
