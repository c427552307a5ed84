"""A post as the desk's pages head it: its title, where it stands, and what the one who looks may do."""

from dataclasses import dataclass

import sqlalchemy as sa

from webapp.database import db, fetch, version_class
from webapp.errors import Gone, Missing
from webapp.history.people import Person, person_named
from webapp.models import Actor, Erasure, Label, Post, Published, Trashing, User
from webapp.pure.content import split_tags
from webapp.pure.roles import Ability


@dataclass(frozen=True, slots=True)
class Head:
    """A post without its text. `revision` is the number of the latest one, `live_revision` of the one readers see."""

    id: int
    title: str
    tags: tuple[str, ...]
    revision: int
    live_revision: int | None
    text_id: int | None
    digest: bytes
    erased: int
    """How many of its revisions have no text any more."""
    labels: tuple[int, int | None]
    """How many revisions have a name, and the id of the newest label: no id comes twice, so a pair names a state."""
    author: Person
    in_trash: bool
    may_publish: bool
    may_trash: bool
    may_erase: bool

    @property
    def latest(self) -> int:
        """The number of the latest revision."""
        return self.revision


_LABELLED = (Label.post_id == Post.id, Label.removed_at.is_(None))
_HEAD = (
    sa.select(
        Post.id,
        Post.title,
        Post.tags,
        Post.revision,
        Post.text_id,
        Post.digest,
        Post.author_id,
        User.public_id,
        User.name,
        Published.revision.label("live_revision"),
        Trashing.id.label("trashing_id"),
        sa.select(sa.func.count()).where(Erasure.post_id == Post.id).scalar_subquery().label("erased"),
        sa.select(sa.func.count()).where(*_LABELLED).scalar_subquery().label("labelled"),
        sa.select(sa.func.max(Label.id)).where(*_LABELLED).scalar_subquery().label("newest_label"),
    )
    .join(User, User.id == Post.author_id)
    .outerjoin(Published, Published.post_id == Post.id)
    .outerjoin(Trashing, sa.and_(Trashing.post_id == Post.id, Trashing.ended_at.is_(None)))
    .where(Post.id == sa.bindparam("post_id"))
)


def of(post_id: int, *, by: Actor, ability: Ability = Ability.EDIT, trash: bool = False) -> Head:
    """Return the head of a post over which `by` has `ability`; one query.

    `trash` chooses the posts in the trash instead of those outside.
    Raises Missing, alike for what does not exist and for what `by` may not know of, or Gone for a post that was
    deleted for good.
    """
    post = fetch(_HEAD, {"post_id": post_id}).one_or_none()
    if post is None or not by.may(ability, post):
        raise Missing
    if post.text_id is None:
        raise erased(post_id, post.revision)
    if (post.trashing_id is not None) is not trash:
        raise Missing
    return Head(
        id=post.id,
        title=post.title,
        tags=split_tags(post.tags),
        revision=post.revision,
        live_revision=post.live_revision,
        text_id=post.text_id,
        digest=post.digest,
        erased=post.erased,
        labels=(post.labelled, post.newest_label),
        author=person_named(post.public_id, post.name),
        in_trash=trash,
        may_publish=by.may(Ability.PUBLISH, post),
        may_trash=by.may(Ability.TRASH, post),
        may_erase=by.may(Ability.ERASE, post),
    )


def erased(post_id: int, revision: int) -> Gone:
    """Return the error that says who took the text of a revision out, when and why."""
    erasure, name = db.session.execute(
        sa.select(Erasure, User.name)
        .outerjoin(User, User.id == Erasure.by_id)
        .where(Erasure.post_id == post_id, Erasure.revision == revision)
    ).one()
    by = name or "the operator"
    kept = _kept_beside(post_id, revision)
    return Gone(post_id=post_id, revision=revision, reason=erasure.reason, at=erasure.at, by=by, kept=kept)


def _kept_beside(post_id: int, revision: int) -> tuple[int, ...]:
    """Return the last revision before and the first one after that still have a text, where there are any."""
    version = version_class(Post)
    kept = (version.id == post_id, version.text_id.is_not(None))
    before, after = db.session.execute(
        sa.select(
            sa.select(sa.func.max(version.revision)).where(*kept, version.revision < revision).scalar_subquery(),
            sa.select(sa.func.min(version.revision)).where(*kept, version.revision > revision).scalar_subquery(),
        )
    ).one()
    return tuple(number for number in (before, after) if number is not None)
