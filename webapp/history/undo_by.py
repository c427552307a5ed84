"""What undoing all later edits of one person would do to the latest text, and what has to be chosen for it."""

from collections.abc import Mapping, Sequence
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
from webapp.pure.reconcile import MOST_QUESTIONS, Answer, Choice, Question, Reconciled

MOST_RUNS = 100
"""Each is two texts to unpack and a merge."""
_AS_IT_IS = Answer(Choice.OURS)


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
class Clash:
    """A run of which others changed some passages again since; ours is the text without what came after the run."""

    run: Run
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class UndoingAll:
    """The text of `onto` without the runs of edits of one person, the newest first.

    `undone` are those that the text goes without as far as is chosen, `kept` those of which everything stays by choice,
    or because nothing is chosen yet; `left` those that stay because a text that is needed is not kept, or because there
    would be more questions than anybody answers.
    """

    person: Person
    since: int
    onto: Revision
    undone: tuple[Run, ...]
    kept: tuple[Run, ...]
    left: tuple[Run, ...]
    clashes: tuple[Clash, ...]
    unanswered: tuple[str, ...]
    """The keys of the questions without an answer; what they are about stays as it is in `writing`."""
    writing: Writing

    @property
    def numbers(self) -> tuple[int, ...]:
        """The revisions that would be undone, the newest first."""
        return tuple(number for run in self.undone for number in reversed(run.numbers))

    @property
    def runs(self) -> tuple[Run, ...]:
        """What is asked to be undone and can be, the newest first."""
        return tuple(sorted((*self.undone, *self.kept), key=lambda run: -run.last))

    @property
    def questions(self) -> tuple[Question, ...]:
        """What has to be chosen, the newest run first."""
        return tuple(question for clash in self.clashes for question in clash.questions)

    @property
    def changes_nothing(self) -> bool:
        """Whether the text would stay as it is, whatever is chosen."""
        return not self.questions and self.writing == writing(self.onto)


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


def of(
    post: Numbered, public_id: str, *, since: int, onto: int = -1, answers: Mapping[str, Answer] | None = None
) -> UndoingAll:
    """Return what undoing the edits of that person from revision `since` on would do to revision `onto`.

    From the newest to the oldest, each merged with what others wrote. What others changed again is asked about, and
    what is older is merged into what was answered: another answer may lead to other questions. The first revision is
    no edit. Raises Missing for an unknown person or without such an edit, Invalid for too many of them.
    """
    editor = people.find(public_id)
    later = preview.at(post, onto)
    runs = _runs(_numbers(post, editor.id, since=max(since, 1), until=later.number))
    if not runs:
        raise Missing(f"{editor.name} has not changed this post since revision {since}.")
    if len(runs) > MOST_RUNS:
        raise Invalid({"since": f"That is more than {MOST_RUNS} turns of writing: begin with a later revision."})
    now, given, unanswered = writing(later), answers or {}, list[str]()
    undone, kept, left, clashes = list[Run](), list[Run](), list[Run](), list[Clash]()
    asked = 0
    for run in runs:
        together = _together(post, run, now)
        if together is None or asked + len(together.questions) > MOST_QUESTIONS:
            left.append(run)
            continue
        asked += len(together.questions)
        unanswered += (open_ones := together.unanswered(given))
        without = together.writing({**given, **dict.fromkeys(open_ones, _AS_IT_IS)})
        (kept if together.questions and without == now else undone).append(run)
        if together.questions:
            clashes.append(Clash(run, together.questions))
        now = without
    return UndoingAll(
        person=people.person(editor),
        since=since,
        onto=later,
        undone=tuple(undone),
        kept=tuple(kept),
        left=tuple(left),
        clashes=tuple(clashes),
        unanswered=tuple(unanswered),
        writing=now,
    )


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


def _together(post: Numbered, run: Run, now: Writing) -> Reconciled | None:
    """Return `now` merged with the inverse of what the run did, None if a text that is needed is not kept.

    The questions of several runs are told apart by the run that they are about.
    """
    try:
        before, after = (writing(preview.at(post, number)) for number in (run.first - 1, run.last))
    except Gone:
        return None
    return reconcile.bring_together(after, now, before).prefixed(f"{run.last}-")
