"""Revisions in days and sessions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import timeline

MADRID = ZoneInfo("Europe/Madrid")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Save:
    """A revision, as far as these tests need one."""

    editor: str
    saved_at: datetime
    words_added: int = 1
    words_removed: int = 0


def saves(*minutes, editor="ana"):
    """Return saves that many minutes after noon, newest first."""
    return [Save(editor, NOON + timedelta(minutes=minute)) for minute in minutes]


def grouped(days):
    return [(str(day.date), [len(session.revisions) for session in day.sessions]) for day in days]


@st.composite
def histories(draw):
    """Return saves of up to three people, newest first, some in bursts, some days apart."""
    gaps = draw(st.lists(st.sampled_from([0, 1, 29, 30, 31, 600, 2000]), max_size=40))
    minute, found = 0, []
    for gap in gaps:
        minute -= gap
        found += saves(minute, editor=draw(st.sampled_from("abc")))
    return found


def test_a_pause_and_another_author_end_a_session():
    revisions = saves(100, 71, 41) + saves(40, editor="ben") + saves(39, 20)

    assert grouped(timeline.days(revisions, zone=UTC)) == [("2026-11-23", [2, 1, 1, 2])]


def test_midnight_where_one_looks_ends_a_day_and_a_session():
    revisions = saves(11 * 60 + 5, 11 * 60 - 5)

    assert grouped(timeline.days(revisions, zone=UTC)) == [("2026-11-23", [2])]
    assert grouped(timeline.days(revisions, zone=MADRID)) == [("2026-11-24", [1]), ("2026-11-23", [1])]


def test_a_session_sums_up_its_revisions():
    revisions = [Save("ana", NOON + timedelta(minutes=20), 5, 3), Save("ana", NOON, 7, 1)]

    session = timeline.days(revisions, zone=MADRID)[0].sessions[0]

    assert (session.words_added, session.words_removed) == (12, 4)
    assert (f"{session.began:%H:%M}", f"{session.ended:%H:%M}") == ("13:00", "13:20")


@pytest.mark.parametrize(("count", "folds"), [(1, False), (2, False), (3, True)])
def test_a_session_folds_where_that_saves_room(count, folds):
    assert timeline.days(saves(*range(count, 0, -1)), zone=UTC)[0].sessions[0].folds is folds


@pytest.mark.parametrize(
    ("above", "below", "parts"),
    [
        ([], [], [(False, False), (False, False)]),
        (saves(70), saves(0), [(True, False), (False, True)]),
        (saves(100), saves(-29), [(False, False), (False, False)]),
        (saves(70, editor="ben"), saves(0, editor="ben"), [(False, False), (False, False)]),
    ],
)
def test_a_session_knows_on_which_side_it_goes_on(above, below, parts):
    revisions = saves(65, 60) + saves(5, 1)

    days = timeline.days(revisions, zone=UTC, above=next(iter(above), None), below=next(iter(below), None))

    assert [(session.goes_on_above, session.goes_on_below) for session in days[0].sessions] == parts


def test_nothing_goes_on_past_midnight():
    late, early = saves(12 * 60 + 5, 12 * 60 - 5)

    assert timeline.days([early], zone=UTC, above=late)[0].sessions[0].is_part is False
    assert timeline.days([late], zone=UTC, below=early)[0].sessions[0].is_part is False


def test_nothing_makes_no_day():
    assert timeline.days([], zone=UTC) == ()


@given(histories())
def test_every_revision_is_in_one_session_in_the_order_given(revisions):
    days = timeline.days(revisions, zone=MADRID)

    assert [revision for day in days for session in day.sessions for revision in session.revisions] == revisions


@given(histories())
def test_sessions_are_of_one_person_one_day_and_without_a_pause(revisions):
    for day in timeline.days(revisions, zone=MADRID):
        for session in day.sessions:
            group = session.revisions
            assert {(one.editor, one.saved_at.astimezone(MADRID).date()) for one in group} == {
                (group[0].editor, day.date)
            }
            assert all(newer.saved_at - older.saved_at < timeline.PAUSE for newer, older in pairwise(group))


@given(histories())
def test_neighbouring_days_and_sessions_could_not_be_one(revisions):
    days = timeline.days(revisions, zone=UTC)

    assert all(one.date != other.date for one, other in pairwise(days))
    for day in days:
        for one, other in pairwise(day.sessions):
            assert not timeline.together(one.revisions[-1], other.revisions[0])


@given(histories(), st.integers(1, 12))
def test_cut_in_pages_and_joined_again_they_are_what_they_were(revisions, size):
    pages, left = [], revisions
    while left:
        end = timeline.cut(left, size)
        pages.append(left[:end])
        left = left[end:]

    joined = []
    for at, page in enumerate(pages):
        above = pages[at - 1][-1] if at else None
        below = pages[at + 1][0] if at + 1 < len(pages) else None
        for day in timeline.days(page, zone=UTC, above=above, below=below):
            for session in day.sessions:
                if joined and session.goes_on_above and session is day.sessions[0]:
                    joined[-1] += session.revisions
                else:
                    joined.append(session.revisions)

    whole = [session.revisions for day in timeline.days(revisions, zone=UTC) for session in day.sessions]
    assert joined == whole


@given(histories(), st.integers(1, 12))
def test_a_page_that_is_not_full_is_more_than_half_full_and_ends_with_a_session(revisions, size):
    page = revisions[: timeline.cut(revisions, size)]

    assert len(page) <= size
    if len(page) < min(size, len(revisions)):
        assert len(page) > size // 2
        assert not timeline.together(page[-1], revisions[len(page)])
