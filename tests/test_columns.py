"""Moments that come back as they went in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from webapp.database import UtcDateTime, db, transaction
from webapp.models import Event


def test_a_moment_comes_back_in_utc_to_the_microsecond(app):
    east = timezone(timedelta(hours=5, minutes=30))
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=east)
    with transaction() as session:
        session.add(Event(verb="test", at=at))

    kept = db.session.scalar(sa.select(Event.at))

    assert kept == at
    assert kept.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 2), None)  # noqa: DTZ001  that is the point


def test_no_moment_stays_none():
    assert UtcDateTime().process_bind_param(None, None) is None
    assert UtcDateTime().process_result_value(None, None) is None
