"""What undoing one revision in the middle would do to the latest: its inverse, merged with what came after it."""

from dataclasses import dataclass

from webapp.errors import Missing
from webapp.history import preview
from webapp.history.preview import Numbered, Revision, writing
from webapp.pure import reconcile
from webapp.pure.reconcile import Reconciled


@dataclass(frozen=True, slots=True)
class Undoing:
    """The revision to be undone and the one it is undone in; in `together` that one is ours, the inverse theirs."""

    undone: Revision
    onto: Revision
    together: Reconciled

    @property
    def later(self) -> int:
        """How many revisions came after the one to be undone."""
        return self.onto.number - self.undone.number

    @property
    def changes_nothing(self) -> bool:
        """Whether later edits already took it back."""
        return not self.together.questions and self.together.writing() == writing(self.onto)


def of(post: Numbered, number: int, *, onto: int = -1) -> Undoing:
    """Return what undoing revision `number` would do to revision `onto`; negative numbers count from the end.

    Raises Missing for a number that the post does not have and for the first revision, or Gone where a text that is
    needed is not kept.
    """
    number = preview.number_of(post, number)
    if number == 0:
        raise Missing("Revision 0 is where this post began: there is nothing before it to go back to.")
    undone, before, later = preview.at(post, number), preview.at(post, number - 1), preview.at(post, onto)
    together = reconcile.bring_together(writing(undone), writing(later), writing(before))
    return Undoing(undone=undone, onto=later, together=together)
