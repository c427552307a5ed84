"""How templates write times and numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from webapp import clock
from webapp.views import words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-50, "just now"),
        (0, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (3599, "59 minutes ago"),
        (3600, "1 hour ago"),
        (86400, "yesterday"),
        (2 * 86400, "2 days ago"),
        (7 * 86400, "1 week ago"),
        (40 * 86400, "1 month ago"),
        (800 * 86400, "2 years ago"),
    ],
)
def test_a_moment_is_said_by_how_long_ago_it_was(seconds, said):
    assert words.ago(clock.now() - timedelta(seconds=seconds + 0.5)) == said


@pytest.mark.parametrize(("hours", "said"), [(1, "1 hour ago"), (19, "19 hours ago"), (20, "22:30"), (36, "06:30")])
def test_under_its_day_a_moment_is_said_by_the_viewers_clock_once_it_is_nearly_a_day_old(app, monkeypatch, hours, said):
    now = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)

    with app.test_request_context(headers={"Cookie": "timezone=Asia/Kolkata"}):  # half past six in the evening
        assert words.under_its_day(now - timedelta(hours=hours)) == said
        assert words.dated(now - timedelta(hours=hours)) == (said if "ago" in said else f"23 November 2026, {said}")


def test_today_is_the_viewers(app, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 20, 0, tzinfo=UTC))

    with app.test_request_context(headers={"Cookie": "timezone=Asia/Kolkata"}):
        days = [words.day(date(2026, 11, number)) for number in (25, 24, 23)]

    assert days == ["Today", "Yesterday", "Monday, 23 November 2026"]


def test_a_moment_has_a_full_and_a_machine_form():
    moment = datetime(2026, 11, 3, 4, 5, 6, 7, tzinfo=UTC)

    assert (words.stamp(moment), words.iso(moment)) == ("3 Nov 2026, 04:05 UTC", "2026-11-03T04:05:06+00:00")


def test_long_numbers_have_commas():
    assert words.number(1229) == "1,229"


def test_a_day_is_written_out():
    assert words.written_date(datetime(2021, 3, 3, 23, 59, tzinfo=UTC)) == "3 March 2021"


@pytest.mark.parametrize(
    ("size_bytes", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 KB"),
        (9940, "9.9 KB"),
        (10_000, "10 KB"),
        (74_999, "74 KB"),
        (999_999, "999 KB"),
        (2 * 2**20, "2.1 MB"),
        (20 * 10**6, "20 MB"),
    ],
)
def test_a_size_is_said_in_a_unit_that_fits(size_bytes, said):
    assert words.size(size_bytes) == said


def test_the_viewers_days_have_names(app):
    today = clock.now().date()

    with app.test_request_context():
        said = [words.viewers_day(day) for day in (today, today - timedelta(days=1), date(2020, 3, 1))]

    assert said == ["Today", "Yesterday", "1 March 2020"]
