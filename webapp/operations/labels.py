"""Give a revision a name, another one, or none; who did it when is kept."""

from datetime import datetime

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction, version_class
from webapp.history import head, preview
from webapp.history.preview import Numbered
from webapp.models import Actor, Event, Label, Post
from webapp.operations import trash
from webapp.pure import content
from webapp.pure.roles import Ability


def name(post: Numbered, revision: int, *, name: str, by: Actor) -> int:
    """Call `revision` (negative numbers count from the end) by `name` and return its number; an older name ends.

    Raises NotAllowed, Invalid for a name that cannot be one, Missing for a post in the trash and for a number that the
    post does not have, or Gone for a text that is not kept.
    """
    name = content.label_name(name)
    with transaction(by_id=by.id):
        post = _locked(post, by=by)
        number = preview.number_of(post, revision)
        _must_be_kept(post.id, number)
        label = Label.of(post.id, number)
        if label is not None and label.name == name:
            return number
        at = clock.now()
        if label is not None:
            _end(label, by=by, at=at)
        db.session.add(Label(post_id=post.id, revision=number, name=name, named_by_id=by.id, named_at=at))
        Event.log("label" if label is None else "rename label", by=by, post_id=post.id, revision=number)
        return number


def remove(post: Numbered, revision: int, *, by: Actor) -> int:
    """Take the name of `revision` away, if it has one, and return its number.

    Raises NotAllowed, or Missing for a post in the trash and for a number that the post does not have.
    """
    with transaction(by_id=by.id):
        post = _locked(post, by=by)
        number = preview.number_of(post, revision)
        label = Label.of(post.id, number)
        if label is not None:
            _end(label, by=by, at=clock.now())
            Event.log("remove label", by=by, post_id=post.id, revision=number)
        return number


def _locked(post: Numbered, *, by: Actor) -> Post:
    locked = Post.lock(post.id)
    by.must(Ability.EDIT, locked)
    trash.must_be_out_of_it(locked)
    return locked


def _must_be_kept(post_id: int, number: int) -> None:
    version = version_class(Post)
    text_id = db.session.scalar(sa.select(version.text_id).where(version.id == post_id, version.revision == number))
    if text_id is None:
        raise head.erased(post_id, number)


def _end(label: Label, *, by: Actor, at: datetime) -> None:
    label.removed_at, label.removed_by_id = at, by.id
    # At once: the next name may not stand beside it.
    db.session.flush()
