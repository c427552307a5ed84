"""The viewer's time zone, which their browser tells in a cookie: whose midnight parts the days of the timeline."""

import re
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from flask import request

COOKIE = "timezone"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}", re.ASCII)


def of_viewer() -> tzinfo:
    """Return the time zone of who looks, or UTC where it is not known."""
    name = request.cookies.get(COOKIE, "")
    if len(name) > 40 or not _NAME.fullmatch(name):
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone, not one, or a folder of them
        return UTC
