"""Thinning takes only what a rule names, and never what somebody chose to keep."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import retention
from webapp.pure.retention import Kept, Policy, Rule

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
TYPICAL = "after 30 days keep one a day, after a year keep one a week"


def test_the_default_keeps_everything():
    assert Policy().thin(hourly(2000), now=NOW) == ()
    assert retention.parse("") == Policy()
    assert retention.parse(" Keep  everything\n") == Policy()


def test_rules_are_read_from_a_sentence():
    assert retention.parse(TYPICAL) == Policy((Rule(timedelta(days=30), "day"), Rule(timedelta(days=365), "week")))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("after 1 hour keep one an hour", Rule(timedelta(hours=1), "hour")),
        ("after an hour keep one an hour", Rule(timedelta(hours=1), "hour")),
        ("AFTER 2 WEEKS KEEP ONE A MONTH", Rule(timedelta(weeks=2), "month")),
        ("  after 2 months\tkeep one a year ;", Rule(timedelta(days=60), "year")),
        ("\nafter a day keep one a week\n\n", Rule(timedelta(days=1), "week")),
    ],
)
def test_a_rule_may_be_written_in_these_ways(text, rule):
    assert retention.parse(text) == Policy((rule,))


@pytest.mark.parametrize("separator", [", ", "; ", "\n", ",\n"])
def test_rules_are_separated_by_commas_semicolons_or_lines(separator):
    assert retention.parse(TYPICAL.replace(", ", separator)) == retention.parse(TYPICAL)


@pytest.mark.parametrize(
    "text",
    [
        "keep nothing",
        "after 30 days",
        "after 30 days keep one a fortnight",
        "after 0 days keep one a day",
        "after -1 days keep one a day",
        "after 1.5 years keep one a day",
        "after ٣ days keep one a day",
        "after 30 days keep two a day",
        "keep everything, after 30 days keep one a day",
    ],
)
def test_what_is_not_a_rule_is_refused_with_its_words(text):
    with pytest.raises(ValueError, match=r"^“.*” is not a rule such as “after 30 days keep one a day”\.$"):
        retention.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "after a year keep one a week, after 30 days keep one a month",
        "after 30 days keep one a day, after 30 days keep one a week",
        "after 30 days keep one a week, after a year keep one a day",
        "after 30 days keep one a day, after a year keep one a day",
    ],
)
def test_rules_that_do_not_grow_are_refused(text):
    with pytest.raises(ValueError, match="for older texts than the one before"):
        retention.parse(text)


def test_the_last_of_each_old_day_stays():
    policy = retention.parse("after 2 days keep one a day")
    # The 18th to the 23rd, every six hours: numbers 0 to 3 on the first day and so on.
    revisions = [Kept(number, datetime(2026, 11, 18, tzinfo=UTC) + timedelta(hours=6 * number)) for number in range(24)]

    # The first stays, and what is younger than two days: 15 was saved on the 21st at 18:00.
    assert policy.thin(revisions, now=NOW) == (1, 2, 4, 5, 6, 8, 9, 10, 12, 13)


def test_a_text_is_old_enough_from_the_first_moment_on():
    policy = retention.parse("after 30 days keep one a day")
    edge = NOW - timedelta(days=30)
    tick = timedelta(microseconds=1)

    def revisions(second):
        return [Kept(0, edge - timedelta(days=9)), Kept(1, second - tick), Kept(2, second), Kept(3, NOW)]

    assert policy.thin(revisions(edge), now=NOW) == (1,)
    # Number 2 is too young to count, so number 1 is the last one of its day that the rule sees.
    assert policy.thin(revisions(edge + tick), now=NOW) == ()


def test_weeks_follow_days_after_a_year():
    policy = retention.parse(TYPICAL)
    monday = datetime(2024, 12, 30, 12, tzinfo=UTC)  # the first day of ISO week 1 of 2025
    revisions = [Kept(number, monday + timedelta(days=number)) for number in range(14)]

    assert policy.thin(revisions, now=NOW) == (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12)


def test_days_are_those_of_utc():
    policy = retention.parse("after a day keep one a day")
    tokyo = timezone(timedelta(hours=9))
    revisions = [
        Kept(0, datetime(2026, 1, 1, tzinfo=UTC)),
        Kept(1, datetime(2026, 1, 3, 8, tzinfo=tokyo)),  # the 2nd, 23:00 in UTC
        Kept(2, datetime(2026, 1, 3, 10, tzinfo=tokyo)),  # the 3rd, 01:00
        Kept(3, datetime(2026, 1, 4, 8, tzinfo=tokyo)),  # the 3rd, 23:00
    ]

    assert policy.thin(revisions, now=NOW) == (2,)


def test_a_month_and_a_week_of_the_same_number_are_two_periods():
    policy = retention.parse("after a week keep one a week, after 2 weeks keep one a month")
    in_january = Kept(1, datetime(2027, 1, 2, tzinfo=UTC))
    in_week_1 = Kept(2, datetime(2027, 1, 7, tzinfo=UTC))
    now = datetime(2027, 1, 20, tzinfo=UTC)

    assert policy.thin([Kept(0, NOW), in_january, in_week_1, Kept(3, now)], now=now) == ()


def test_protected_revisions_stay_beside_the_last_of_their_day():
    policy = retention.parse("after a day keep one a day")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    revisions = [Kept(number, at, protected=number == 2) for number in range(5)]

    assert policy.thin(revisions, now=NOW) == (1, 3)


def test_a_post_that_nobody_touched_for_years_keeps_its_first_and_its_latest():
    policy = retention.parse("after a year keep one a year")
    revisions = [Kept(number, datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=number)) for number in range(9)]

    assert policy.thin(revisions, now=NOW) == (1, 2, 3, 4, 5, 6, 7)
    assert policy.thin(revisions[:1], now=NOW) == ()
    assert policy.thin([], now=NOW) == ()


def test_the_number_and_not_a_clock_that_ran_backwards_says_which_is_last():
    policy = retention.parse("after a day keep one a day")
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    revisions = [Kept(2, at - timedelta(hours=3)), Kept(0, at), Kept(1, at + timedelta(hours=3))]

    assert policy.thin(revisions, now=NOW) == (1,)


def test_a_moment_in_the_future_is_not_old():
    policy = retention.parse("after an hour keep one a year")
    revisions = [Kept(number, NOW + timedelta(days=1)) for number in range(3)]

    assert policy.thin(revisions, now=NOW) == ()


policies = st.sampled_from(
    [
        TYPICAL,
        "after an hour keep one a day",
        "after a day keep one an hour, after a week keep one a day, after a month keep one a month",
        "after a week keep one a week, after 2 months keep one a month, after a year keep one a year",
    ]
).map(retention.parse)
histories = st.lists(
    st.tuples(st.integers(-50, 30_000), st.booleans()).map(lambda pair: (NOW - timedelta(hours=pair[0]), pair[1])),
    max_size=60,
).map(lambda rows: [Kept(number, at, protected) for number, (at, protected) in enumerate(rows)])


@given(policies, histories)
def test_the_first_the_latest_and_the_protected_never_go(policy, revisions):
    going = set(policy.thin(revisions, now=NOW))

    assert going.isdisjoint(revision.number for revision in revisions if revision.protected)
    assert going.isdisjoint(revision.number for revision in revisions[:1] + revisions[-1:])


@given(policies, histories)
def test_thinning_what_is_left_takes_nothing(policy, revisions):
    going = policy.thin(revisions, now=NOW)

    assert policy.thin([r for r in revisions if r.number not in going], now=NOW) == ()


@given(policies, histories)
def test_what_goes_is_old_and_leaves_a_later_number_of_the_same_year(policy, revisions):
    going = set(policy.thin(revisions, now=NOW))

    for revision in revisions:
        if revision.number in going:
            assert NOW - revision.saved_at >= policy.rules[0].after
            assert any(
                abs(other.saved_at - revision.saved_at) < timedelta(days=366)
                for other in revisions[revision.number + 1 :]
                if other.number not in going
            )


@given(policies, histories, st.randoms())
def test_the_order_in_which_revisions_come_does_not_matter(policy, revisions, random):
    mixed = random.sample(revisions, len(revisions))

    assert policy.thin(mixed, now=NOW) == policy.thin(revisions, now=NOW)


def hourly(count):
    return [Kept(number, NOW - timedelta(hours=count - number)) for number in range(count)]
