"""Changes chosen from one comparison or several, landed in the text of a form; nothing is saved by it."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.errors import Invalid
from webapp.history import preview
from webapp.history.preview import Numbered, writing
from webapp.pure import take
from webapp.pure.content import Writing
from webapp.pure.take import Side, Tick

MOST_COMPARISONS = 10
"""Each is two texts to unpack, compare and merge."""


@dataclass(frozen=True, slots=True)
class Landed:
    """What the form says with the changes, and the revisions that they were taken from, in the order of the ticks."""

    writing: Writing
    sources: tuple[int, ...]


def into(post: Numbered, form: Writing, ticks: Sequence[Tick]) -> Landed:
    """Return `form` with the ticked changes, one comparison after the other; all of them, or an error.

    Raises take.NotTaken where one does not fit, Missing or Gone for a revision that is not there or not kept, and
    Invalid for ticks from too many comparisons.
    """
    chosen: dict[tuple[Side, Side, int], list[str]] = {}
    for tick in ticks:
        chosen.setdefault((tick.old, tick.new, tick.taken), []).extend(tick.keys)
    if len(chosen) > MOST_COMPARISONS:
        raise Invalid({"take": f"Take back from at most {MOST_COMPARISONS} comparisons at once."})
    landed = form
    for (old, new, taken), keys in chosen.items():
        sides = [writing(preview.at(post, side)) if isinstance(side, int) else form for side in (old, new)]
        landed = take.into(landed, old=sides[0], new=sides[1], keys=keys, from_old=taken == old)
    return Landed(landed, tuple(dict.fromkeys(taken for _, _, taken in chosen)))
