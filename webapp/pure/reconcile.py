"""Brings together two versions of a post that grew from one, and asks about what both changed differently."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from typing import Literal

from webapp.errors import Invalid
from webapp.pure.content import Writing, line_ends
from webapp.pure.merge import Clean, merge

MOST_QUESTIONS = 100
"""Nobody answers more: then there is one, about the whole text."""
UNANSWERED = "Choose what becomes of this passage."


class Choice(StrEnum):
    """What a passage becomes that two sides put differently."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody's decision; `text` is what they wrote, for `Choice.EDIT`."""

    choice: Choice
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A passage that needs a decision; each version may be empty.

    `key` names it in a form: the same passage with the same versions keeps its key when the rest of the text changes.
    """

    key: str
    place: Literal["title", "text"]
    base: str
    ours: str
    theirs: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be answered: both of two titles are no title, both of something and nothing is that one."""
        if self.place == "title" or not self.ours or not self.theirs:
            return (Choice.OURS, Choice.THEIRS, Choice.EDIT)
        return tuple(Choice)

    def becomes(self, answer: Answer) -> str:
        """Return what stands there after the answer."""
        if answer.choice is Choice.OURS:
            return self.ours
        if answer.choice is Choice.THEIRS:
            return self.theirs
        if answer.choice is Choice.BOTH:
            return self.ours.removesuffix("\n") + "\n" + self.theirs
        return self._ended(line_ends(answer.text))

    def _ended(self, text: str) -> str:
        """Return the text with the line feed that what comes after it needs; browsers do not send an invisible one."""
        ended = self.place == "text" and text and not text.endswith("\n")
        return text + "\n" if ended and any(side.endswith("\n") for side in (self.ours, self.theirs)) else text


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Two versions in one, as far as they go together. Tags always do: what either side added or removed is."""

    title: str | Question
    tags: tuple[str, ...]
    parts: tuple[Clean | Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What has to be decided, in reading order."""
        return tuple(part for part in (self.title, *self.parts) if isinstance(part, Question))

    def writing(self, answers: Mapping[str, Answer] | None = None) -> Writing:
        """Return the whole with the `answers` by the questions' keys. Raises Invalid naming the keys without one."""
        given = answers or {}
        if open_ones := self.unanswered(given):
            raise Invalid(dict.fromkeys(open_ones, UNANSWERED))
        chosen = {question.key: question.becomes(given[question.key]) for question in self.questions}
        title = chosen[self.title.key] if isinstance(self.title, Question) else self.title
        body = "".join(chosen[part.key] if isinstance(part, Question) else part.text for part in self.parts)
        return Writing(title=title, tags=self.tags, body=body)

    def unanswered(self, answers: Mapping[str, Answer]) -> tuple[str, ...]:
        """Return the keys of the questions that `answers` leave open."""
        return tuple(
            question.key
            for question in self.questions
            if question.key not in answers or answers[question.key].choice not in question.choices
        )

    def prefixed(self, prefix: str) -> "Reconciled":
        """Return the same with keys that start so, where the questions of several stand in one form."""
        title = replace(self.title, key=prefix + self.title.key) if isinstance(self.title, Question) else self.title
        parts = (replace(part, key=prefix + part.key) if isinstance(part, Question) else part for part in self.parts)
        return replace(self, title=title, parts=tuple(parts))


def bring_together(base: Writing, ours: Writing, theirs: Writing) -> Reconciled:
    """Return what `ours` and `theirs` come to, both grown from `base`. Raises diff.TooLarge."""
    return Reconciled(
        title=_title(base.title, ours.title, theirs.title),
        tags=_tags(base.tags, ours.tags, theirs.tags),
        parts=tuple(_parts(base.body, ours.body, theirs.body)),
    )


def _title(base: str, ours: str, theirs: str) -> str | Question:
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else Question("title", "title", base, ours, theirs)


def _parts(base: str, ours: str, theirs: str) -> Iterator[Clean | Question]:
    merged = merge(base, ours, theirs)
    if len(merged.conflicts) > MOST_QUESTIONS:
        yield Question(_key(base, ours, theirs), "text", base, ours, theirs)
        return
    seen: Counter[str] = Counter()
    for part in merged.parts:
        if isinstance(part, Clean):
            yield part
            continue
        key = _key(part.base, part.ours, part.theirs)
        seen[key] += 1
        repeated = f"{key}-{seen[key]}" if seen[key] > 1 else key
        yield Question(repeated, "text", part.base, part.ours, part.theirs)


def _key(*versions: str) -> str:
    return blake2b("\0".join(versions).encode(errors="surrogatepass"), digest_size=6).hexdigest()


def _tags(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Return our tags without those that they removed and with those that they added, however they are spelled."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    before, there = ({tag.casefold() for tag in tags} for tags in (base, theirs))
    kept = [tag for tag in ours if tag.casefold() in there or tag.casefold() not in before]
    here = {tag.casefold() for tag in kept}
    return (*kept, *(tag for tag in theirs if tag.casefold() not in before | here))
