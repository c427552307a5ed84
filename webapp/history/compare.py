"""Two revisions, one against the other, as far as a page can show it."""

from webapp.history.preview import Revision
from webapp.pure import diff
from webapp.pure.diff import Comparison

MOST_LINES = 5000
"""Lines of both texts that are drawn; a page of more than that helps nobody, and takes a browser minutes."""


def between(old: Revision, new: Revision) -> Comparison | None:
    """Return what changed from `old` to `new`, None when it is more than a page can show."""
    comparison = diff.compare(old.body, new.body)
    changed = comparison.lines_added + comparison.lines_removed
    unchanged = sum(len(block.lines) for block in comparison.blocks if isinstance(block, diff.Equal))
    return comparison if changed <= MOST_LINES and unchanged <= 4 * MOST_LINES else None
