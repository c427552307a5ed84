"""Two people with two tabs each do with one post whatever comes to their minds, beside a plain model of the desk."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.soak import acts
from tests.soak.acts import done
from tests.soak.hands import Hands
from tests.soak.model import PASSAGES, Form, Typed
from webapp.errors import Conflict, Invalid, Missing, NotAllowed
from webapp.history import drafts as drafting
from webapp.history import preview, reading, undo
from webapp.models import User
from webapp.operations import drafts, merging, people, publication, restore, trash
from webapp.operations import undo as undoing
from webapp.pure import markdown
from webapp.pure.kind import Kind
from webapp.pure.reconcile import Choice
from webapp.pure.roles import Role

CHANGES = ("title", "tags", "note", *map(str, range(PASSAGES)), *(f"no {number}" for number in range(PASSAGES)))

tabs = st.integers(0, 3)
"""Two of the author's, two of the editor's."""
changes = st.sets(st.sampled_from(CHANGES), min_size=1, max_size=2)
choices = st.sampled_from((None, Choice.OURS, Choice.THEIRS, Choice.EDIT))
backwards = st.integers(0, 5)
"""0 is the newest; where there are not so many it is the oldest."""

seldom = st.sampled_from((False, False, False, False, True))


class Desk(Hands, RuleBasedStateMachine):
    """Each rule asks the model what must come of it, and does it."""

    # ── What they do ────────────────────────────────────────────────────────────────────────────

    @rule(tab=tabs, changes=changes)
    def think(self, tab: int, changes: Collection[str]) -> None:
        """Somebody types and stops to think."""
        self.types(tab, changes)
        self.autosave(self.tabs[tab], tab)

    @rule(tab=tabs)
    def autosave_again(self, tab: int) -> None:
        """An autosave arrives twice."""
        self.autosave(self.tabs[tab], tab)

    @rule(tab=tabs, changes=changes, choice=choices, lost=st.booleans())
    def finish(self, tab: int, changes: Collection[str], choice: Choice | None, *, lost: bool) -> None:
        """Somebody types and saves, perhaps on top of what they have not seen; the answer may be `lost`."""
        self.types(tab, changes)
        self.save(tab, self.tabs[tab], choice, lost=lost)

    @rule(tab=tabs)
    def save_arrives_again(self, tab: int) -> None:
        """The answer to a save was lost, so it is sent once more, whatever has happened since."""
        if tab in self.saves:
            form, choice, revision = self.saves[tab]
            before = self.model.latest
            self.save(tab, form, choice, lost=True)
            assert self.model.latest == before, f"the save of revision {revision} made another one"

    @rule(tab=tabs, before=changes, after=changes)
    def save_is_overtaken(self, tab: int, before: Collection[str], after: Collection[str]) -> None:
        """What was typed after a save arrives before it, and the page is closed."""
        self.types(tab, before)
        saving = self.tabs[tab]
        self.types(tab, after)
        self.autosave(self.tabs[tab], tab)
        self.save(tab, saving, None)
        self.show(tab)

    @rule(tab=tabs, before=changes, after=changes)
    def type_on_after_a_lost_answer(self, tab: int, before: Collection[str], after: Collection[str]) -> None:
        """Somebody saves, hears nothing, and goes on."""
        self.types(tab, before)
        self.save(tab, self.tabs[tab], None, lost=True)
        self.think(tab, after)

    @rule(tab=tabs, back=backwards)
    def look(self, tab: int, back: int) -> None:
        """Somebody takes up an old revision, or begins anew with the latest."""
        if self.model.refusal(self.tabs[tab].by) is None:
            self.show(tab, self.number(back))

    @rule(tab=tabs, which=backwards, back=st.integers(0, 2))
    def go_on_with_a_draft(self, tab: int, which: int, back: int) -> None:
        """Somebody opens a state of one of their drafts."""
        draft_id = self.draft(tab, which)
        if draft_id is None or self.model.refusal(self.tabs[tab].by) is not None:
            return
        line = self.model.lines[draft_id]
        number = max(len(line.states) - 1 - back, 0)
        typed, seen, source = line.states[number]
        filled = replace(self.form(line.by), typed=typed, source=source, state=number)
        self.tabs[tab] = filled if line.ending is not None else replace(filled, seen=seen, draft=draft_id)

    @rule(tab=tabs, which=backwards)
    def discard(self, tab: int, which: int) -> None:
        """Somebody does not want a draft any more."""
        if (draft_id := self.draft(tab, which)) is not None:
            drafts.discard(draft_id, by=self.person(tab))
            line = self.model.lines[draft_id]
            line.ending = line.ending or "discarded"

    @rule(tab=tabs, which=backwards)
    def take_back(self, tab: int, which: int) -> None:
        """Somebody wants it after all."""
        if (draft_id := self.draft(tab, which)) is not None:
            drafts.take_back(draft_id, by=self.person(tab))
            line = self.model.lines[draft_id]
            line.ending = line.ending if line.ending == "saved" else None

    @rule(tab=tabs, back=backwards, missed=st.booleans())
    def restore(self, tab: int, back: int, *, missed: bool) -> None:
        """Somebody brings an old revision back; `missed`: over one that they have not seen."""
        number, seen = self.number(back), self.model.latest - missed
        refusal = self.model.refusal(self.tabs[tab].by) or (Conflict if missed else None)
        saved = done(lambda: restore.revision(self.post(), number, seen=seen, by=self.person(tab)), refused_by=refusal)
        if saved is not None:
            self.agree(saved, self.model.add(self.model.revisions[number].words, Kind.RESTORED))

    @rule(tab=tabs, back=backwards, choice=choices)
    def undo(self, tab: int, back: int, choice: Choice | None) -> None:
        """Somebody takes one edit out, and leaves what came after it."""
        if (number := self.number(back)) == 0:
            return
        given, answers = self.answers(choice, undo.of(self.post(), number).together.questions)
        became, latest = self.model.undo(number, answers), self.model.latest
        saved = done(
            lambda: undoing.revision(self.post(), number, answers=given, seen=latest, by=self.person(tab)),
            refused_by=Invalid if became is None else self.model.refusal(self.tabs[tab].by),
        )
        if saved is not None and became is not None:
            self.agree(saved, self.model.add(became, Kind.UNDONE))

    @rule(tab=tabs)
    def undo_the_merge(self, tab: int) -> None:
        """Somebody takes their own change out of a merged revision, and has it as a draft."""
        by = self.tabs[tab].by
        number = max((number for number, side in self.model.sides.items() if side.by == by), default=None)
        if number is None:
            return
        side, seen = self.model.sides[number], self.model.latest
        saved = done(
            lambda: merging.undo(self.post(), number, seen=seen, by=self.person(tab)),
            refused_by=self.model.refusal(by),
        )
        if saved is not None:
            self.agree(saved, self.model.add(self.model.revisions[side.other].words, Kind.UNDONE, repeats=True))
            name = f"unmerged {self.post_id} in {saved.revision}"
            line, _ = self.model.autosave(Form(by, name, Typed(side.words), saved.revision, turn=1))
            self.remember(line)

    @rule(tab=tabs, back=backwards)
    def publish(self, tab: int, back: int) -> None:
        """Readers get a revision."""
        number, refusal = self.number(back), self.model.refusal(self.tabs[tab].by)
        done(lambda: publication.publish(self.post(), revision=number, by=self.person(tab)), refused_by=refusal)
        self.model.live = self.model.live if refusal else number

    @rule(tab=tabs)
    def unpublish(self, tab: int) -> None:
        """Readers get nothing any more."""
        refusal = NotAllowed if self.tabs[tab].by in self.model.demoted else None
        done(lambda: publication.unpublish(self.post(), by=self.person(tab)), refused_by=refusal)
        self.model.live = self.model.live if refusal else None

    @rule(really=seldom)
    def delete_or_undelete(self, *, really: bool = True) -> None:
        """The post goes to the trash, seldom, or comes back."""
        if not really and not self.model.in_trash:
            return
        (trash.undelete if self.model.in_trash else trash.delete)(self.post(), by=self.author)
        self.model.in_trash = not self.model.in_trash

    @rule(really=seldom)
    def demote_or_promote(self, *, really: bool = True) -> None:
        """The editor loses the right to edit, seldom, or gets it back."""
        if not really and not self.model.demoted:
            return
        role = Role.EDITOR if self.model.demoted else Role.READER
        people.change(self.editor, role=role, by=self.admin)
        self.model.demoted ^= {self.editor.id}

    # ── What must be true ───────────────────────────────────────────────────────────────────────

    @invariant()
    def each_acknowledged_text_is_a_revision(self) -> None:
        """Numbers are dense, and each says exactly what was acknowledged."""
        assert acts.revisions(self.post_id) == [
            (number, *acts.facts(revision.words), revision.kind) for number, revision in enumerate(self.model.revisions)
        ]

    @invariant()
    def what_was_merged_is_kept_beside(self) -> None:
        """Each merged revision has the text that somebody typed, as they typed it."""
        assert acts.sides(self.post_id) == [
            (number, side.by, *acts.facts(side.words)) for number, side in sorted(self.model.sides.items())
        ]

    @invariant()
    def each_state_of_each_draft_is_kept(self) -> None:
        """Open drafts are open, ended ones have ended as they did, and nobody's text went into another's."""
        assert acts.states(self.post_id) == [
            (draft_id, line.by, line.ending, number, *acts.facts(typed.words), typed.note)
            for draft_id, line in sorted(self.model.lines.items())
            for number, (typed, _, _) in enumerate(line.states)
        ]

    @invariant()
    def readers_see_what_was_published(self) -> None:
        """And nothing else, and nothing of what is in the trash."""
        if self.model.live is None or self.model.in_trash:
            with pytest.raises(Missing):
                reading.of(self.post_id, by=None)
            return
        shown, words = reading.of(self.post_id, by=None), self.model.revisions[self.model.live].words
        assert (shown.revision, shown.title, shown.tags) == (self.model.live, words.title, words.tags)
        assert shown.html == markdown.document(words.body).html

    def teardown(self) -> None:
        """Read every text as it is shown, not only its hash."""
        if self.model.demoted:
            self.demote_or_promote()
        for number, revision in enumerate(self.model.revisions):
            assert preview.at(self.post(), number).body == revision.words.body
        for draft_id, line in self.model.lines.items():
            by = self.people[line.by]
            texts = [drafting.at(draft_id, number, by=by).body for number in range(len(line.states))]
            assert texts == [typed.words.body for typed, _, _ in line.states]


def work(author: User, editor: User, admin: User, *, examples: int, steps: int, derandomize: bool = False) -> None:
    """Let them do `examples` times `steps` things, every time with a post of their own. Raises what was not so."""
    run_state_machine_as_test(
        lambda: Desk(author, editor, admin),
        # Finding the shortest way to a fault takes minutes; the way that it took is told.
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=derandomize, deadline=None, database=None,
            phases=[Phase.generate],
        ),
    )  # fmt: skip
