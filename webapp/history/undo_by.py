"""What undoing all later edits of one person would do to the latest text, and which of them it cannot take alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from webapp.database import fetch, version_class
from webapp.errors import Gone, Invalid, Missing
from webapp.history import people, preview
from webapp.history.people import Person
from webapp.history.preview import Numbered, Revision, writing
from webapp.models import Post
from webapp.pure import reconcile
from webapp.pure.content import Writing

MOST_RUNS = 100
"""Each is two texts to unpack and a merge."""


@dataclass(frozen=True, slots=True)
class Run:
    """Revisions `first` to `last`, one after the other, all of the same person."""

    first: int
    last: int

    @property
    def numbers(self) -> range:
        """All of them."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class UndoingAll:
    """The text of `onto` without the runs of edits that are `undone`; `left` are those that stay.

    They stay because others changed the same lines since, or because a text that is needed is not kept.
    """

    person: Person
    since: int
    onto: Revision
    undone: tuple[Run, ...]
    left: tuple[Run, ...]
    writing: Writing

    @property
    def numbers(self) -> tuple[int, ...]:
        """The revisions that would be undone, the newest first."""
        return tuple(number for run in self.undone for number in reversed(run.numbers))

    @property
    def changes_nothing(self) -> bool:
        """Whether the text would stay as it is."""
        return self.writing == writing(self.onto)


_VERSION = version_class(Post)
_NUMBERS = (
    sa.select(_VERSION.revision)
    .where(
        _VERSION.id == sa.bindparam("post_id"),
        _VERSION.editor_id == sa.bindparam("editor_id"),
        _VERSION.revision.between(sa.bindparam("since"), sa.bindparam("until")),
    )
    .order_by(_VERSION.revision.desc())
)


def count(post: Numbered, person: Person, *, since: int) -> int:
    """Return how many revisions of the post that person made from revision `since` on."""
    return len(_numbers(post, people.find(person.public_id).id, since=since, until=post.revision))


def of(post: Numbered, public_id: str, *, since: int, onto: int = -1) -> UndoingAll:
    """Return what undoing the edits of that person from revision `since` on would do to revision `onto`.

    From the newest to the oldest, each merged with what others wrote; one that clashes stays. The first revision is
    no edit. Raises Missing for an unknown person or without such an edit, Invalid for too many of them.
    """
    editor = people.find(public_id)
    later = preview.at(post, onto)
    runs = _runs(_numbers(post, editor.id, since=max(since, 1), until=later.number))
    if not runs:
        raise Missing(f"{editor.name} has not changed this post since revision {since}.")
    if len(runs) > MOST_RUNS:
        raise Invalid({"since": f"That is more than {MOST_RUNS} turns of writing: begin with a later revision."})
    now, undone, left = writing(later), list[Run](), list[Run]()
    for run in runs:
        without = _without(post, run, now)
        if without is None:
            left.append(run)
        else:
            undone.append(run)
            now = without
    return UndoingAll(people.person(editor), since, later, tuple(undone), tuple(left), now)


def _numbers(post: Numbered, editor_id: int, *, since: int, until: int) -> Sequence[int]:
    asked = {"post_id": post.id, "editor_id": editor_id, "since": since, "until": until}
    return fetch(_NUMBERS, asked).scalars().all()


def _runs(numbers: Sequence[int]) -> list[Run]:
    """Return falling numbers as runs without gaps."""
    runs: list[Run] = []
    for number in numbers:
        if runs and runs[-1].first == number + 1:
            runs[-1] = Run(number, runs[-1].last)
        else:
            runs.append(Run(number, number))
    return runs


def _without(post: Numbered, run: Run, now: Writing) -> Writing | None:
    """Return `now` without what the run did, None if that cannot be done without asking."""
    try:
        before, after = (writing(preview.at(post, number)) for number in (run.first - 1, run.last))
    except Gone:
        return None
    together = reconcile.bring_together(after, now, before)
    return None if together.questions else together.writing()
