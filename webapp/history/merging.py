"""A lost race: what somebody typed, what was saved meanwhile, and what the two come to; and the sides of past ones."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from webapp.database import fetch
from webapp.errors import Gone, Missing
from webapp.history import compare, preview
from webapp.history.people import Person, person_named
from webapp.history.preview import Numbered, Revision, writing
from webapp.models import Side, StoredText, User
from webapp.pure import content, diff, reconcile
from webapp.pure.content import Writing
from webapp.pure.reconcile import Reconciled


@dataclass(frozen=True, slots=True)
class Race:
    """What was `typed`, as it would be saved, on top of revision `seen`, against the `latest`.

    In `together` the typed one is ours; it is None where the two cannot be merged: what they grew from is not kept, or
    they are too long.
    """

    typed: Writing
    seen: int | None
    latest: Revision
    together: Reconciled | None


@dataclass(frozen=True, slots=True)
class SideText:
    """One person's own text of a merged revision."""

    post_id: int
    revision: int
    seen: int
    title: str
    tags: tuple[str, ...]
    body: str
    by: Person
    at: datetime


def race(post: Numbered, *, title: str, tags: str, body: str, seen: int | None) -> Race:
    """Return what was typed on top of revision `seen` against the post's latest revision."""
    latest = preview.at(post)
    typed = compare.typed(title=title, tags=tags, body=body)
    if seen is None or not 0 <= seen <= post.revision:
        return Race(typed, seen=seen, latest=latest, together=None)
    try:
        base = preview.at(post, seen)
        together = reconcile.bring_together(writing(base), typed, writing(latest))
    except (Gone, diff.TooLarge):
        together = None
    return Race(typed, seen=seen, latest=latest, together=together)


def side(post_id: int, revision: int) -> SideText:
    """Return the text that was merged into `revision`. Raises Missing."""
    row = fetch(_SIDE, {"post_id": post_id, "revision": revision}).one_or_none()
    if row is None:
        raise Missing
    return SideText(
        post_id=post_id,
        revision=revision,
        seen=row.seen,
        title=row.title,
        tags=content.split_tags(row.tags),
        body=StoredText.read(row.text_id),
        by=person_named(row.public_id, row.name),
        at=row.at,
    )


_SIDE = (
    sa.select(Side.seen, Side.title, Side.tags, Side.text_id, Side.at, User.public_id, User.name)
    .join(User, User.id == Side.by_id)
    .where(Side.post_id == sa.bindparam("post_id"), Side.revision == sa.bindparam("revision"))
)
