"""What helps while one writes, put into the whole page once: how long the text is, and the tags that there are."""

from dataclasses import dataclass
from typing import Any

from webapp.history import desk
from webapp.models import User
from webapp.pure import words


@dataclass(frozen=True, slots=True)
class Length:
    """Of a text: its `words`, and the `minutes` that reading it takes."""

    words: int
    minutes: int


def aids(body: str, *, by: User) -> dict[str, Any]:
    """Return what templates need of it; fragments leave it out, because the page has it and counts by itself."""
    counted = words.count(body)
    return {"length": Length(counted, words.reading_minutes(counted)), "known_tags": desk.common_tags(by=by)}
