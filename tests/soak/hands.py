"""The hands of the people in `machine.py`: what they type, what their forms send, and the answer that must come."""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from tests.soak import acts
from tests.soak.acts import done
from tests.soak.model import PASSAGES, Answers, Done, Form, Line, Model, Revision, Typed, Words
from webapp.errors import Missing
from webapp.history import merging as races
from webapp.models import User
from webapp.operations import drafts, merging, posts
from webapp.operations.posts import Saved
from webapp.pure.kind import Kind
from webapp.pure.reconcile import Answer, Choice, Question


class At(NamedTuple):
    """A post, as far as finding its revisions needs it."""

    id: int
    revision: int


class Hands:
    """At one post, of which `model` is what should be true, and `tabs` are the forms that are open."""

    def __init__(self, author: User, editor: User, admin: User) -> None:
        super().__init__()
        self.people = {user.id: user for user in (author, editor)}
        self.author, self.editor, self.admin = author, editor, admin
        self.numbers = itertools.count(1)
        words = Words("A post", ("sea",), tuple(f"passage {number}" for number in range(PASSAGES)))
        self.post_id = posts.write(None, **acts.sent(Typed(words)), seen=None, by=author).post_id
        self.model = Model([Revision(words, Kind.WRITTEN)])
        self.tabs = [self.form(by) for by in (author.id, author.id, editor.id, editor.id)]
        self.saves: dict[int, tuple[Form, Choice | None, int]] = {}
        """The newest save of each tab that made a revision, as it was sent."""

    def types(self, tab: int, changes: Collection[str]) -> None:
        """Change in the form what is named, each with words that are nowhere else."""
        form = self.tabs[tab]
        words, note, said = form.typed.words, form.typed.note, f"said {next(self.numbers)}"
        for change in sorted(changes):
            if change == "title":
                words = replace(words, title=said)
            elif change == "tags":
                words = replace(words, tags=(*words.tags[1:], said))
            elif change == "note":
                note = said
            else:
                at, text = int(change[-1]), "" if change.startswith("no") else f"{said} in {change}"
                words = replace(words, passages=(*words.passages[:at], text, *words.passages[at + 1 :]))
        self.tabs[tab] = replace(form, typed=Typed(words, note), turn=form.turn + 1)

    def autosave(self, form: Form, tab: int) -> None:
        """Send the form to be kept; it goes on with the draft that it is told of."""
        if not self.model.may_keep(form.by):
            done(lambda: self._keep(form), refused_by=Missing)
            return
        kept = self._keep(form)
        line, late = self.model.autosave(form)
        draft_id = self.remember(line)
        stored = line.states[-1][0] if line is not None and late else form.typed
        assert (kept.late, kept.sha256) == (late, acts.fingerprint(stored))
        if line is not None and (late or line.ending is None):
            assert (kept.draft_id, kept.state) == (draft_id, len(line.states) - 1)
        else:
            assert kept.draft_id is None
        if not late:
            self.tabs[tab] = replace(form, draft=kept.draft_id, state=kept.state)

    def _keep(self, form: Form) -> drafts.Kept:
        by = self.people[form.by]
        return drafts.autosave(self.post_id, **acts.sent(form.typed), sender=acts.sender(form), by=by)

    def remember(self, line: Line | None) -> int | None:
        """Return the number of a draft; one that the model has just begun gets it from the desk."""
        if line is None:
            return None
        known = [draft_id for draft_id, each in self.model.lines.items() if each is line]
        draft_id = known[0] if known else acts.newest_draft(self.post_id)
        assert draft_id is not None
        assert self.model.lines.setdefault(draft_id, line) is line
        return draft_id

    def save(self, tab: int, form: Form, choice: Choice | None, *, lost: bool = False) -> None:
        """Send the form to be saved; unless the answer is `lost`, the form shows what was made of it."""
        words = acts.sent(form.typed)
        race = races.race(self.post(), **{name: words[name] for name in ("title", "tags", "body")}, seen=form.seen)
        assert race.together is not None
        given, answers = self.answers(choice, race.together.questions)
        expected = self.model.save(form, answers)
        by = self.people[form.by]
        merged = done(
            lambda: merging.save(
                self.post(), **words, seen=form.seen, by=by, save_id=form.name, answers=given,
                kind=Kind.WRITTEN if form.source is None else Kind.RESTORED, source_revision=form.source,
                then=lambda saved: drafts.end(sender=acts.sender(form), saved=saved, by=by),
            ),
            refused_by=None if isinstance(expected, Done) else expected,
        )  # fmt: skip
        if not isinstance(expected, Done):
            return
        self.agree(merged.saved, expected)
        assert merged.merged_with == expected.merged_with, f"{merged} {expected}"
        if expected.made:
            self.saves[tab] = (form, choice, expected.revision)
        if not lost:
            self.show(tab)

    def agree(self, saved: Saved, expected: Done) -> None:
        """See that the answer is the right one."""
        told = Saved(self.post_id, expected.revision, expected.made, expected.sent_before)
        assert saved == told, f"{saved} is not {told}"

    def answers(self, choice: Choice | None, questions: Sequence[Question]) -> tuple[dict[str, Answer], Answers]:
        """Return the same answer to every question, as the operations take it and as the model does."""
        about = next(self.numbers)
        written = [f"decided {about} in {number}" for number in range(PASSAGES + 1)]
        given = {
            question.key: Answer(choice, text) for question, text in zip(questions, written, strict=False) if choice
        }
        return given, Answers(choice, iter(written))

    def show(self, tab: int, number: int = -1) -> None:
        """Fill the form with a revision."""
        form = self.form(self.tabs[tab].by)
        if number not in (-1, self.model.latest):
            form = replace(form, typed=Typed(self.model.revisions[number].words), source=number)
        self.tabs[tab] = form

    def form(self, by: int) -> Form:
        """Return a new form with the latest revision."""
        name = f"form {self.post_id} {next(self.numbers)}"
        return Form(by, name, Typed(self.model.revisions[-1].words), self.model.latest)

    def post(self) -> At:
        """Return the post as it stands."""
        return At(self.post_id, self.model.latest)

    def person(self, tab: int) -> User:
        """Return whose tab it is."""
        return self.people[self.tabs[tab].by]

    def number(self, back: int) -> int:
        """Return the number of a revision."""
        return max(self.model.latest - back, 0)

    def draft(self, tab: int, which: int) -> int | None:
        """Return a draft of whose tab it is, None if there is none."""
        mine = self.model.drafts(self.tabs[tab].by)
        return mine[min(which, len(mine) - 1)] if mine else None
