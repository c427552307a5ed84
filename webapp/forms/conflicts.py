"""The chooser: each passage that two sides put differently, what it may become, and what somebody chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from webapp.pure import inline
from webapp.pure.diff import lines
from webapp.pure.inline import Row
from webapp.pure.reconcile import Answer, Choice, Question

_CHOICE, _TEXT = "choice-", "text-"


@dataclass(frozen=True, slots=True)
class Sides:
    """What the two versions are called where somebody chooses: "Mine" and "Theirs", "As it is now" and "Undone"."""

    ours: str
    theirs: str
    edit: str = "My own words"

    def name(self, choice: Choice) -> str:
        """Return the words for a choice."""
        if choice is Choice.BOTH:
            return "Both, one after the other"
        return {Choice.OURS: self.ours, Choice.THEIRS: self.theirs, Choice.EDIT: self.edit}[choice]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices: its `name`, and what it gives as `rows` with the words marked that are new in them."""

    choice: Choice
    name: str
    text: str
    rows: tuple[Row, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it; `error` is empty or says that it has no answer yet."""

    key: str
    place: str
    options: tuple[Option, ...]
    error: str


@dataclass(frozen=True, slots=True)
class Chooser:
    """The questions of a merge, filled with the answers given so far.

    A template draws it with `components/conflicts.html` inside of any form, `answers()` reads it back, and
    `Reconciled.writing(answers)` gives the text or says by `Invalid.fields` which keys are still open.
    """

    questions: tuple[Question, ...]
    sides: Sides
    answers: Mapping[str, Answer] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions in order; reckoned on each call."""
        return tuple(
            Asked(question.key, question.place, self._options(question), self.errors.get(question.key, ""))
            for question in self.questions
        )

    def _options(self, question: Question) -> tuple[Option, ...]:
        given = self.answers.get(question.key)
        typed = question.ours or question.theirs if given is None else given.text
        return tuple(
            Option(
                choice=choice,
                name=self.sides.name(choice),
                text=typed if choice is Choice.EDIT else question.becomes(Answer(choice)),
                rows=() if choice is Choice.EDIT else _new_rows(question.base, question.becomes(Answer(choice))),
                chosen=given is not None and given.choice is choice,
            )
            for choice in question.choices
        )


def answers() -> dict[str, Answer]:
    """Return what was sent, by the questions' keys; what is no choice is as good as none."""
    sent = request.form
    return {
        name.removeprefix(_CHOICE): Answer(Choice(value), sent.get(_TEXT + name.removeprefix(_CHOICE), ""))
        for name, value in sent.items()
        if name.startswith(_CHOICE) and value in set(Choice)
    }


def _new_rows(base: str, text: str) -> tuple[Row, ...]:
    """Return the lines of `text`, with the words marked that `base` does not have."""
    rows = inline.rows(lines(base.removesuffix("\n")), lines(text.removesuffix("\n")))
    return tuple(row for row in rows if row.new_line is not None)
