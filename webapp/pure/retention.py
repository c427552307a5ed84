"""Decides which old texts may go; by default none."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

_SPANS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}

# The calendar period, in UTC, that a moment falls in; from fine to coarse.
_PERIODS: dict[str, Callable[[datetime], tuple[int, ...]]] = {
    "hour": lambda at: (at.year, at.month, at.day, at.hour),
    "day": lambda at: (at.year, at.month, at.day),
    "week": lambda at: at.isocalendar()[:2],
    "month": lambda at: (at.year, at.month),
    "year": lambda at: (at.year,),
}

_NAMES = "|".join(_SPANS)
_RULE = re.compile(rf"after (?P<number>an?|[1-9][0-9]{{0,3}}) (?P<unit>{_NAMES})s? keep one an? (?P<period>{_NAMES})")


@dataclass(frozen=True, slots=True)
class Kept:
    """A revision whose text is kept; `protected` if it is labelled, published or otherwise never to go."""

    number: int
    saved_at: datetime
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Of the texts at least `after` old, the last of each calendar `period` stays.

    A `period` is hour, day, week, month or year.
    """

    after: timedelta
    period: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules by growing age; a text obeys the last one that it is old enough for. Without rules all stay."""

    rules: tuple[Rule, ...] = ()

    def thin(self, revisions: Iterable[Kept], *, now: datetime) -> tuple[int, ...]:
        """Return the numbers of those `revisions` of one post whose text may go at `now`, in order.

        Never the first, the latest or a protected one. The last of a period is the one with the highest
        number, whatever a clock that ran backwards says. Thinning what is left at the same `now` takes
        nothing.
        """
        ordered = sorted(revisions, key=lambda revision: revision.number)
        going, taken = [], set()
        for revision in reversed(ordered):
            rule = self._rule_for(now - revision.saved_at)
            if rule is None:
                continue
            period = rule, _PERIODS[rule.period](revision.saved_at.astimezone(UTC))
            if period in taken and not revision.protected and revision is not ordered[0]:
                going.append(revision.number)
            taken.add(period)
        return tuple(reversed(going))

    def _rule_for(self, age: timedelta) -> Rule | None:
        return next((rule for rule in reversed(self.rules) if age >= rule.after), None)


def parse(text: str) -> Policy:
    """Return the policy that `text` describes; an empty text or `keep everything` keeps everything.

    Rules are separated by commas, semicolons or lines, ages and periods grow from each to the next:

        after 30 days keep one a day, after a year keep one a week

    An age is a number (or `a`, `an`) of hours, days, weeks, months of 30 days or years of 365 days; a period
    is an hour, day, ISO week, month or year of the calendar in UTC. Raises ValueError with a sentence that
    says what is wrong.
    """
    parts = [" ".join(part.lower().split()) for part in re.split(r"[,;\n]", text)]
    parts = [part for part in parts if part]
    if parts in ([], ["keep everything"]):
        return Policy()
    rules = tuple(_rule(part) for part in parts)
    periods = list(_PERIODS)
    for younger, older in pairwise(rules):
        if younger.after >= older.after or periods.index(younger.period) >= periods.index(older.period):
            raise ValueError("Each rule must be for older texts than the one before, and keep fewer of them.")
    return Policy(rules)


def _rule(part: str) -> Rule:
    match = _RULE.fullmatch(part)
    if match is None:
        raise ValueError(f"“{part}” is not a rule such as “after 30 days keep one a day”.")
    number = 1 if match["number"] in ("a", "an") else int(match["number"])
    return Rule(after=number * _SPANS[match["unit"]], period=match["period"])
