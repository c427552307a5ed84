"""A passage of two rendered texts in which something changed, from its units to what is shown of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from webapp.pure import alignment, inline
from webapp.pure.alignment import Budget
from webapp.pure.folding import Kind
from webapp.pure.units import Leaf, Unit
from webapp.pure.weaving import Weaver

CLOSE_CHARACTERS = 150_000  # of a passage; a longer one is compared by whole texts, not by words
REMARK = "the formatting changed"


@dataclass(frozen=True, slots=True)
class Passage:
    """The units of the old text that gave way to those of the new one; `moved` says of some where they went or were."""

    old: Sequence[Unit]
    new: Sequence[Unit]
    moved: dict[Unit, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """What happened to it, in one word."""
        if self.moved:
            return "move"
        if self.old and self.new:
            return "replace"
        return "delete" if self.old else "insert"

    def html(self, budget: Budget) -> str:
        """Return both sides woven into one, in which every change is marked; the work is taken from the budget."""
        whole = sum(len(unit.html) for unit in (*self.old, *self.new)) > CLOSE_CHARACTERS
        weaver = Weaver()
        self._join_lists(weaver)
        for kin in self._kin():
            old, new = self.old[kin.old_start : kin.old_end], self.new[kin.new_start : kin.new_end]
            if old and new:
                _weave(weaver, _leaves(old, whole=whole), _leaves(new, whole=whole), budget)
                continue
            for unit in (*old, *new):
                leaves = list(unit.leaves(whole=whole))
                if unit in self.moved and leaves:
                    weaver.note(leaves[0].path, self.moved[unit])
                weaver.replace(leaves if old else (), leaves if new else ())
        return weaver.html()

    def _join_lists(self, weaver: Weaver) -> None:
        """Let what left a list stand in the list that took its place."""
        for old in self.old[:1]:
            for new in self.new[:1]:
                if old.around is not None and new.around is not None:
                    weaver.images[old.around] = (new.around,)

    def _kin(self) -> Iterator["_Kin"]:
        """Yield what became of what, from the start of the passage to its end: units of both sides, or of one."""
        old_done = new_done = 0
        for kin in [*self._families(), _Kin(len(self.old), len(self.old), len(self.new), len(self.new))]:
            yield _Kin(old_done, kin.old_start, new_done, new_done)
            yield _Kin(kin.old_start, kin.old_start, new_done, kin.new_start)
            yield kin
            old_done, new_done = kin.old_end, kin.new_end

    def _families(self) -> list["_Kin"]:
        """Return the units that are versions of each other; one may have become several, and several one."""
        old, new = [unit.text for unit in self.old], [unit.text for unit in self.new]
        pairs = [
            (was, now)
            for was, now in sorted(inline.kinship(old, new))
            if self.old[was] not in self.moved and self.new[now] not in self.moved
        ]
        if not pairs and len(old) == len(new) == 1 and self.old[0].name == self.new[0].name and not self.moved:
            pairs = [(0, 0)]
        families: list[_Kin] = []
        for was, now in pairs:
            last = families[-1] if families else None
            if last is not None and (was < last.old_end or now < last.new_end):
                families[-1] = last._replace(old_end=was + 1, new_end=now + 1)
            else:
                families.append(_Kin(was, was + 1, now, now + 1))
        return families


class _Kin(NamedTuple):
    """Units `old_start:old_end` of the old side and `new_start:new_end` of the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def _leaves(units: Sequence[Unit], *, whole: bool) -> list[Leaf]:
    return list(chain.from_iterable(unit.leaves(whole=whole) for unit in units))


def _weave(weaver: Weaver, old: Sequence[Leaf], new: Sequence[Leaf], budget: Budget) -> None:
    """Weave two versions into each other; what differs in neither words nor looks is at least said to differ."""
    weaver.is_marked = False
    weaver.weave(old, new, alignment.align([leaf.key for leaf in old], [leaf.key for leaf in new], budget=budget))
    if not weaver.is_marked and new:
        weaver.note(new[-1].path, REMARK)
