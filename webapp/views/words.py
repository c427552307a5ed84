"""How templates write times and numbers."""

from datetime import date, datetime
from functools import lru_cache

from flask import Flask

from webapp import clock
from webapp.pure import plural
from webapp.views import zone

_DAY = 86400
_UNITS = (
    (365.25 * _DAY, "year"),
    (30.44 * _DAY, "month"),
    (7 * _DAY, "week"),
    (_DAY, "day"),
    (3600, "hour"),
    (60, "minute"),
)
"""Seconds in a unit, the longest first."""
_FRESH_SECONDS = 20 * 3600
"""How long one says under a day "5 hours ago"; then its time, as "yesterday" may be the day before that day's. Written
in components/time.html and components/revision.html too, for the script that goes on counting."""


def init_app(app: Flask) -> None:
    """Register the filters."""
    app.add_template_filter(ago)
    app.add_template_filter(stamp)
    app.add_template_filter(under_its_day)
    app.add_template_filter(dated)
    app.add_template_filter(day)
    app.add_template_filter(iso)
    app.add_template_filter(number)
    app.add_template_filter(viewers_day)
    app.add_template_filter(written_date)
    app.add_template_filter(size)
    app.add_template_filter(plural.of, "plural")


def ago(moment: datetime) -> str:
    """Return about how long ago that was: "2 hours ago", "yesterday"; under a minute or in the future "just now"."""
    seconds = (clock.now() - moment).total_seconds()
    if seconds < 60:
        return "just now"
    size, unit = next((size, unit) for size, unit in _UNITS if seconds >= size)
    count = int(seconds // size)
    if unit == "day" and count == 1:
        return "yesterday"
    return f"{plural.of(count, unit)} ago"


def under_its_day(moment: datetime) -> str:
    """Return how long ago that was, or if it is nearly a day the viewer's "14:02": for what stands under its day."""
    return ago(moment) if _is_fresh(moment) else f"{moment.astimezone(zone.of_viewer()):%H:%M}"


def dated(moment: datetime) -> str:
    """Return the same with its day, "22 November 2026, 14:02": for what stands beside days that are told."""
    local = moment.astimezone(zone.of_viewer())
    return ago(moment) if _is_fresh(moment) else f"{_written(local.date())}, {local:%H:%M}"


def _is_fresh(moment: datetime) -> bool:
    return (clock.now() - moment).total_seconds() < _FRESH_SECONDS


def day(date: date) -> str:
    """Return "Today", "Yesterday" or "Monday, 23 November 2026", by the viewer's calendar."""
    past = (clock.now().astimezone(zone.of_viewer()).date() - date).days
    return {0: "Today", 1: "Yesterday"}.get(past, f"{date:%A}, {_written(date)}")


def viewers_day(date: date) -> str:
    """Return "Today", "Yesterday" or "23 November 2026", by the viewer's calendar."""
    return day_name(date, today=clock.now().astimezone(zone.of_viewer()).date())


def day_name(date: date, *, today: date) -> str:
    """Return the same, where it is `today`."""
    return {0: "Today", 1: "Yesterday"}.get((today - date).days) or _written(date)


@lru_cache(maxsize=4096)
def _written(date: date) -> str:
    return f"{date.day} {date:%B %Y}"


@lru_cache(maxsize=4096)  # a page of the timeline writes fifty, and the same ones for everybody
def stamp(moment: datetime) -> str:
    """Return "23 Nov 2026, 14:02 UTC"."""
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


@lru_cache(maxsize=4096)
def iso(moment: datetime) -> str:
    """Return the machine's form, as `<time datetime>` takes it."""
    return moment.isoformat(timespec="seconds")


def number(value: int) -> str:
    """Return 1229 as "1,229"."""
    return f"{value:,}"


def written_date(moment: datetime) -> str:
    """Return "3 March 2021"."""
    return _written(moment.date())


def size(size_bytes: int) -> str:
    """Return 74210 as "74 KB"."""
    if size_bytes < 1000:
        return plural.of(size_bytes, "byte")
    unit, each = ("KB", 10**3) if size_bytes < 10**6 else ("MB", 10**6)
    return f"{size_bytes / each:.1f} {unit}" if size_bytes < 10 * each else f"{size_bytes // each} {unit}"
