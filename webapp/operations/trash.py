"""Put posts away and take them back; their history stays as it is."""

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction
from webapp.errors import Missing
from webapp.history.preview import Numbered
from webapp.models import Event, Post, Trashing, User
from webapp.pure.roles import Ability

IN_IT = "This post is in the trash. Take it back first."


def delete(post: Numbered, *, by: User) -> None:
    """Put the post in the trash: nobody sees it outside of there, readers neither. Raises NotAllowed or Missing."""
    with transaction(by_id=by.id):
        post = Post.lock(post.id)
        by.must(Ability.TRASH, post)
        if stay(post) is None:
            db.session.add(Trashing(post_id=post.id, by_id=by.id))
            Event.log("delete", by=by, post_id=post.id)


def undelete(post: Numbered, *, by: User) -> None:
    """Take the post out of the trash, as it was. Raises NotAllowed, or Missing when it was deleted for good."""
    with transaction(by_id=by.id):
        post = Post.lock(post.id)
        by.must(Ability.TRASH, post)
        if post.text_id is None:
            raise Missing("This post was deleted for good.")
        trashing = stay(post)
        if trashing is not None:
            trashing.ended_at, trashing.ended_by_id = clock.now(), by.id
            Event.log("undelete", by=by, post_id=post.id)


def must_be_out_of_it(post: Post) -> None:
    """Raise Missing for a post in the trash."""
    if stay(post) is not None:
        raise Missing(IN_IT)


def stay(post: Post) -> Trashing | None:
    """Return the stay in the trash that has not ended."""
    return db.session.scalar(sa.select(Trashing).where(Trashing.post_id == post.id, Trashing.ended_at.is_(None)))
