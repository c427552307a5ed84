"""What can be refused, and why; `str(error)` is a sentence for a person.

Nothing here knows HTTP: `views/errors.py` turns each class into a status.
"""

from collections.abc import Mapping
from datetime import datetime


class StetError(Exception):
    """Any refusal that is not a fault of the program."""


class Missing(StetError):
    """It does not exist, or the one who asks may not know that it does."""

    def __init__(self, message: str = "There is nothing here.") -> None:
        super().__init__(message)


class NoRevision(Missing):
    """The post has no revision of that number."""

    def __init__(self, *, post_id: int, number: int, latest: int) -> None:
        super().__init__(f"There is no revision {number}: this post has the revisions 0 to {latest}.")
        self.post_id = post_id


class NotAllowed(StetError):
    """The one who acts lacks the right."""

    def __init__(self, message: str = "You do not have the right to do this.") -> None:
        super().__init__(message)


class Gone(StetError):
    """The revision is known, but its text is no longer kept; `kept` are the nearest ones before and after that are."""

    def __init__(
        self, *, post_id: int, revision: int, reason: str, at: datetime, by: str, kept: tuple[int, ...] = ()
    ) -> None:
        day = f"{at.day} {at:%B %Y}"
        super().__init__(f"The text of revision {revision} is not kept any more. Taken out by {by} on {day}: {reason}")
        self.post_id = post_id
        self.revision = revision
        self.reason = reason
        self.at = at
        self.by = by
        self.kept = kept


class Invalid(StetError):
    """Input that cannot be stored; `fields` maps a field's name to what is wrong with it."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class TooLarge(Invalid):
    """A text over the limit."""


class Conflict(StetError):
    """Somebody saved since; nothing was written.

    `seen` is the revision that the refused text grew from, `latest` the one that stands now.
    """

    def __init__(self, *, seen: int, latest: int) -> None:
        super().__init__(f"Revision {latest} was saved while revision {seen} was on your screen, so nothing was done.")
        self.seen = seen
        self.latest = latest


class NotTaken(StetError):
    """A change that was to be taken back does not go into the text any more; the text stays as it is."""


class Throttled(StetError):
    """Too many attempts; `wait_seconds` until the next one is heard."""

    def __init__(self, wait_seconds: int) -> None:
        minutes = max(1, round(wait_seconds / 60))
        plural = "minute" if minutes == 1 else "minutes"
        super().__init__(f"Too many attempts. Try again in {minutes} {plural}.")
        self.wait_seconds = wait_seconds


class Busy(StetError):
    """Others have been writing for as long as one waits for them."""

    def __init__(self) -> None:
        super().__init__("Others are writing just now, and their turn does not end. Nothing was saved; try again.")
