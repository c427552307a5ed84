"""Choose what readers see: one revision, or nothing."""

from webapp import clock
from webapp.database import db, transaction
from webapp.history import preview
from webapp.history.preview import Numbered, Revision
from webapp.models import Actor, Event, Post, Publication, Published
from webapp.operations import trash
from webapp.pure import summary
from webapp.pure.content import TAG_SEPARATOR, Writing, split_tags
from webapp.pure.roles import Ability


def publish(post: Numbered, *, revision: int, by: Actor) -> int:
    """Show readers `revision` (negative numbers count from the end) and return its number.

    Raises NotAllowed, Missing for a post in the trash and for a number that the post does not have, or Gone for a
    text that is not kept.
    """
    with transaction(by_id=by.id):
        post = Post.lock(post.id)
        by.must(Ability.PUBLISH, post)
        trash.must_be_out_of_it(post)
        chosen = preview.at(post, revision)
        live = db.session.get(Published, post.id)
        if live is not None and live.revision == chosen.number:
            return chosen.number
        at = clock.now()
        db.session.add(Publication(post_id=post.id, revision=chosen.number, by_id=by.id, at=at))
        db.session.merge(
            Published(
                post_id=post.id,
                revision=chosen.number,
                at=at,
                title=chosen.title,
                tags=TAG_SEPARATOR.join(chosen.tags),
                body=chosen.body,
                summary=None if live is None else _change(live, chosen),
            )
        )
        Event.log("publish", by=by, post_id=post.id, revision=chosen.number)
        return chosen.number


def unpublish(post: Numbered, *, by: Actor) -> None:
    """Show readers nothing any more. Raises NotAllowed."""
    with transaction(by_id=by.id):
        post = Post.lock(post.id)
        by.must(Ability.PUBLISH, post)
        live = db.session.get(Published, post.id)
        if live is None:
            return
        db.session.add(Publication(post_id=post.id, revision=None, by_id=by.id))
        Event.log("unpublish", by=by, post_id=post.id, revision=live.revision)
        db.session.delete(live)


def _change(live: Published, chosen: Revision) -> str:
    """Return what readers will see changed; words of theirs only, for the feed is everybody's."""
    before = Writing(title=live.title, tags=split_tags(live.tags), body=live.body)
    return summary.line(before, preview.writing(chosen))
