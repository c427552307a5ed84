"""The one place that knows what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current moment, aware, in UTC, with microseconds."""
    return datetime.now(UTC)
