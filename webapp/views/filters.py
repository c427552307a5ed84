"""Which revisions of a post the timeline lists, as its addresses say it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from flask import request

from webapp.errors import Missing
from webapp.history import timeline
from webapp.history.head import Head
from webapp.history.timeline import Only
from webapp.models import User
from webapp.views import zone

_DAY = re.compile(r"(?!9999)\d{4}-\d{2}-\d{2}", re.ASCII)  # the day after the last of all has no date


@dataclass(frozen=True, slots=True)
class Filter:
    """What was asked for. `author` is a public id, `on` the day to jump to, which leaves out nothing."""

    author: str | None = None
    mine: bool = False
    labelled: bool = False
    on: date | None = None

    @property
    def values(self) -> dict[str, str]:
        """The part of an address that leaves revisions out, as names and values."""
        values = {"author": self.author, "mine": "1" if self.mine else None, "labelled": "1" if self.labelled else None}
        return {name: value for name, value in values.items() if value is not None}

    @property
    def query(self) -> str:
        """The same, to be put behind another `?name=value`."""
        return f"&{urlencode(self.values)}" if self.values else ""

    def only(self, me: User) -> Only:
        """Return which revisions that are to `me`; nobody is both another author and oneself."""
        both = self.mine and self.author not in (None, me.public_id)
        return Only(author="" if both else me.public_id if self.mine else self.author, labelled=self.labelled)


def asked() -> Filter:
    """Return what the address of this request asks for. Raises Missing for what cannot be meant."""
    author = request.args.get("author") or None
    if author is not None and not (author.isascii() and author.isalnum()):
        raise Missing("There is no such author.")
    return Filter(
        author=author,
        mine=request.args.get("mine") == "1",
        labelled=request.args.get("labelled") == "1",
        on=_day(request.args.get("on", "")),
    )


def end_of(day: date) -> datetime:
    """Return the viewer's midnight after `day`."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone.of_viewer())


def before(post: Head, day: date) -> int:
    """Return the `before=` of the page that begins with the last revision of `day`, or else of the days before it."""
    found = timeline.last_before(post, end_of(day))
    return 0 if found is None else found + 1


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Missing(f"“{text[:20]}” is not a day.")
