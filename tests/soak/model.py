"""What a desk is to the people at it, said as plainly as it can be: lists of texts, no database, no merge of lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from webapp.errors import Conflict, Missing, NotAllowed
from webapp.pure.kind import Kind
from webapp.pure.reconcile import Choice

PASSAGES = 4


@dataclass(frozen=True, slots=True)
class Words:
    """A text in passages, each under a heading of its own, so that it is plain which of them two people changed."""

    title: str
    tags: tuple[str, ...]
    passages: tuple[str, ...]

    @property
    def body(self) -> str:
        """The text."""
        return "".join(f"## {number}\n" + (f"{text}\n" if text else "") for number, text in enumerate(self.passages))


class Typed(NamedTuple):
    """All that is in a form."""

    words: Words
    note: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form in a tab of `by`; it is replaced, never changed, so what was sent of it stays as it was."""

    by: int
    name: str
    typed: Typed
    seen: int
    source: int | None = None
    draft: int | None = None
    state: int | None = None
    turn: int = 0


class Revision(NamedTuple):
    """One of the post."""

    words: Words
    kind: Kind


class Side(NamedTuple):
    """What somebody had typed before it was merged with revision `other`."""

    by: int
    words: Words
    other: int


@dataclass(slots=True)
class Line:
    """A draft: every state of it, and the form that wrote the newest."""

    by: int
    form: str = ""
    turn: int = 0
    states: list[tuple[Typed, int, int | None]] = field(default_factory=list)
    """What was typed, on top of which revision, and which old one was taken up."""
    ending: str | None = None


class Done(NamedTuple):
    """The answer to a save: the revision that it is in, whether it made it, and what it was merged with."""

    revision: int
    made: bool
    sent_before: bool = False
    merged_with: int | None = None


@dataclass
class Model:
    """One post. Each method says what must come of it: an answer or a refusal, after which nothing has changed."""

    revisions: list[Revision]
    sides: dict[int, Side] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)
    receipts: dict[tuple[int, str], tuple[int, Typed]] = field(default_factory=dict)
    live: int | None = None
    in_trash: bool = False
    demoted: set[int] = field(default_factory=set)

    @property
    def latest(self) -> int:
        """The number of the latest revision."""
        return len(self.revisions) - 1

    def refusal(self, by: int) -> type[Exception] | None:
        """Return why `by` may not change the post."""
        if by in self.demoted:
            return NotAllowed
        return Missing if self.in_trash else None

    def add(self, words: Words, kind: Kind, *, repeats: bool = False) -> Done:
        """Save `words` on top of the latest; nothing changed, nothing made, unless that is what somebody decided."""
        made = repeats or words != self.revisions[-1].words
        if made:
            self.revisions.append(Revision(words, kind))
        return Done(self.latest, made)

    def save(self, form: Form, answers: "Answers") -> Done | type[Exception]:
        """Save what was typed, merged with what the form has not seen; its draft ends if it holds nothing newer."""
        if before := self._sent_before(form, form.typed.words):
            return before
        if refusal := self.refusal(form.by):
            return refusal
        typed, other = form.typed.words, self.latest
        became: Words | None = typed
        asked = False
        if form.seen != other:
            three = (self.revisions[form.seen].words, typed, self.revisions[other].words)
            became, asked = together(*three, answers), together(*three, Answers(None, iter(()))) is None
        if became is None:
            return Conflict
        merged_with = None if form.seen == other else other
        if before := self._sent_before(form, became):
            return before._replace(merged_with=merged_with)
        self.receipts.pop((form.by, form.name), None)
        kind = Kind.WRITTEN if form.source is None else Kind.RESTORED
        done = self.add(became, kind if became == typed else Kind.MERGED, repeats=asked and became != typed)
        if done.made:
            self.receipts[form.by, form.name] = (done.revision, form.typed)
            if became != typed:
                self.sides[done.revision] = Side(form.by, typed, other)
        self._end(form)
        return done._replace(merged_with=merged_with)

    def undo(self, number: int, answers: "Answers") -> Words | None:
        """Return the latest text without what revision `number` did, None where nobody decided."""
        undone, now, before = (self.revisions[at].words for at in (number, self.latest, number - 1))
        return together(undone, now, before, answers)

    def autosave(self, form: Form) -> tuple[Line | None, bool]:
        """Keep what was typed; return the draft that has it, None if that is a revision, and whether it came too late.

        A draft that is not in `lines` is new.
        """
        line = self._line(form)
        if line is not None and line.form == form.name and form.turn <= line.turn:
            return line, True
        if line is not None and line.ending not in (None, "unchanged"):
            line = None
        base = self.revisions[form.seen if form.source is None else form.source].words
        unchanged = form.typed == Typed(base)
        if line is None:
            if unchanged or (self._is_saved(form, form.typed.words) and self._receipt(form)[1].note == form.typed.note):
                return None, False
            line = Line(form.by)
        line.form, line.turn, line.ending = form.name, form.turn, "unchanged" if unchanged else None
        state = (form.typed, form.seen, form.source)
        if not line.states or line.states[-1] != state:
            line.states.append(state)
        return line, False

    def may_keep(self, by: int) -> bool:
        """Return whether `by` may autosave: who lost the right may, in a draft that they have."""
        return by not in self.demoted or any(line.by == by and line.ending is None for line in self.lines.values())

    def drafts(self, by: int) -> list[int]:
        """Return the drafts of a person, the newest first."""
        return sorted((number for number, line in self.lines.items() if line.by == by), reverse=True)

    def _line(self, form: Form) -> Line | None:
        """Return the form's draft, else the one that it was filled with if nobody has typed there since."""
        own = [line for _, line in sorted(self.lines.items()) if (line.by, line.form) == (form.by, form.name)]
        if own:
            return own[-1]
        filled = None if form.draft is None else self.lines.get(form.draft)
        return filled if filled is not None and len(filled.states) - 1 == form.state else None

    def _sent_before(self, form: Form, words: Words) -> Done | None:
        """Return the answer that the form got for these words."""
        if not self._is_saved(form, words):
            return None
        self._end(form)
        return Done(self._receipt(form)[0], made=False, sent_before=True)

    def _is_saved(self, form: Form, words: Words) -> bool:
        """Return whether the form sent these words before, or they are what became of those that it sent."""
        if (form.by, form.name) not in self.receipts:
            return False
        number, typed = self._receipt(form)
        return words in (typed.words, self.revisions[number].words)

    def _receipt(self, form: Form) -> tuple[int, Typed]:
        return self.receipts[form.by, form.name]

    def _end(self, form: Form) -> None:
        line = self._line(form)
        if line is None or line.ending is not None or (line.form == form.name and line.turn > form.turn):
            return
        line.form, line.turn, line.ending = form.name, form.turn, "saved"


class Answers(NamedTuple):
    """One choice for every question (None: nobody decided); to `Choice.EDIT` the next of the texts `written`."""

    choice: Choice | None
    written: Iterator[str]

    def to(self, ours: str, theirs: str) -> str | None:
        """Return what becomes of a passage."""
        if self.choice is Choice.EDIT:
            return next(self.written)
        return {None: None, Choice.OURS: ours, Choice.THEIRS: theirs}[self.choice]


def together(base: Words, ours: Words, theirs: Words, answers: Answers) -> Words | None:
    """Return both changes in one text, None where both changed the same and nobody decided."""
    title = _part(base.title, ours.title, theirs.title, answers)
    passages = [_part(*three, answers) for three in zip(base.passages, ours.passages, theirs.passages, strict=True)]
    if title is None or None in passages:
        return None
    return Words(title, _tags(base.tags, ours.tags, theirs.tags), tuple(map(str, passages)))


def _part(base: str, ours: str, theirs: str, answers: Answers) -> str | None:
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else answers.to(ours, theirs)


def _tags(base: Sequence[str], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    kept = tuple(tag for tag in ours if tag in theirs or tag not in base)
    return kept + tuple(tag for tag in theirs if tag not in base and tag not in kept)
