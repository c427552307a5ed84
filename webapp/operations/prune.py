"""Thin out old texts by a retention policy: numbers, people and times stay for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, version_class
from webapp.errors import Invalid
from webapp.models import Actor, Label, Post, Publication
from webapp.operations import erase
from webapp.pure.retention import Kept, Policy


@dataclass(frozen=True, slots=True)
class Thinned:
    """A post and the numbers of its revisions whose text went, in order."""

    post: int
    revisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was looked at: `posts`, their `revisions` that had a text, and what of it went."""

    posts: int
    revisions: int
    gone: tuple[Thinned, ...]

    @property
    def thinned(self) -> int:
        """How many texts went."""
        return sum(len(thinned.revisions) for thinned in self.gone)


def by_policy(
    policy: Policy, *, reason: str, by: Actor, dry_run: bool = False, progress: Callable[[int], object] = int
) -> Pruned:
    """Take out the texts that `policy` lets go now, also of posts in the trash; one transaction a post.

    A revision that has a label or was ever published stays, and so do the first and the latest. `progress` is told how
    many posts are done, of all that there are. With `dry_run` nothing is written. Raises NotAllowed or, without a
    reason, Invalid.
    """
    now = clock.now()
    posts = revisions = 0
    gone = []
    rows = db.session.execute(sa.select(Post.id, Post.text_id).order_by(Post.id)).all()
    for done, (post_id, text_id) in enumerate(rows, start=1):
        if text_id is not None:  # else it was deleted for good
            db.session.rollback()  # SQLite would show the post as it was when the last one was looked at
            kept = _kept(post_id)
            going = policy.thin(kept, now=now)
            if going and not dry_run:
                going = _thin(post_id, going, policy=policy, now=now, reason=reason, by=by)
            if going:
                gone.append(Thinned(post_id, going))
            posts += 1
            revisions += len(kept)
        progress(done)
    return Pruned(posts=posts, revisions=revisions, gone=tuple(gone))


def _thin(
    post_id: int, going: tuple[int, ...], *, policy: Policy, now: datetime, reason: str, by: Actor
) -> tuple[int, ...]:
    post = Post.get(post_id)
    try:
        erase.revisions(post, going, reason=reason, by=by, retention=True)
    except Invalid:
        # Somebody named or published one of them since it was chosen, and nothing was written.
        going = policy.thin(_kept(post_id), now=now)
        erase.revisions(post, going, reason=reason, by=by, retention=True)
    return going


def _kept(post_id: int) -> list[Kept]:
    """Return the revisions of a post that still have a text."""
    version = version_class(Post)
    published = set(db.session.scalars(sa.select(Publication.revision).where(Publication.post_id == post_id)))
    labelled = db.session.scalars(sa.select(Label.revision).where(Label.post_id == post_id, Label.removed_at.is_(None)))
    protected = published.union(labelled)
    rows = db.session.execute(
        sa.select(version.revision, version.saved_at).where(version.id == post_id, version.text_id.is_not(None))
    )
    return [Kept(row.revision, row.saved_at, protected=row.revision in protected) for row in rows]
