"""How templates write times and numbers."""

from datetime import UTC, datetime, timedelta

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


def test_a_moment_has_a_full_and_a_machine_form():
    moment = datetime(2026, 11, 3, 4, 5, 6, 7, tzinfo=UTC)

    assert (words.stamp(moment), words.iso(moment)) == ("3 Nov 2026, 04:05 UTC", "2026-11-03T04:05:06+00:00")


def test_long_numbers_have_commas():
    assert words.number(1229) == "1,229"
