"""Logging: one line an event on standard error; never a text, a password or a token."""

import logging
import sys

import structlog


def set_up() -> None:
    """Make structlog write JSON, or words on a terminal; tracebacks name lines, never the values in them."""
    on_terminal = sys.stderr.isatty()
    traceback = structlog.dev.plain_traceback if on_terminal else None
    renderer = (
        structlog.dev.ConsoleRenderer(exception_formatter=traceback)
        if traceback
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if on_terminal else [structlog.processors.format_exc_info]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # Asked anew for each line: whoever redirects standard error (a test, a supervisor) gets what follows.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
