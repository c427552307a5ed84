"""Thinning out by policy: what goes, what never goes, and that the rest holds."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from webapp import clock
from webapp.database import db
from webapp.errors import Gone, NotAllowed
from webapp.history import preview, verify
from webapp.models import OPERATOR, Erasure, Event, Post
from webapp.operations import erase, labels, posts, prune, publication, restore, trash
from webapp.operations.prune import Pruned, Thinned
from webapp.pure import retention

DAILY = retention.parse("after 30 days keep one a day")
LONG_AGO = datetime(2020, 5, 4, 12, tzinfo=UTC)
REASON = "thinned out"


def old_post(by, *, texts: int = 6) -> Post:
    """A post with that many texts of one day long ago, the last of which is the latest revision."""
    post = None
    for number in range(texts):
        saved = posts.write(
            post,
            title="T",
            body=f"text {number}\n" + "words and more words\n" * 20,
            tags="",
            note="",
            seen=None if post is None else post.revision,
            by=by,
            at=LONG_AGO + timedelta(minutes=number),
        )
        post = Post.get(saved.post_id)
    return post


def kept(post: Post) -> list[int]:
    db.session.rollback()
    return [row.revision for row in Post.get(post.id).versions if row.text_id is not None]


def test_of_a_day_long_ago_the_first_and_the_last_text_stay(cast):
    post = old_post(cast.author)

    pruned = prune.by_policy(DAILY, reason=REASON, by=OPERATOR)

    assert pruned == Pruned(posts=1, revisions=6, gone=(Thinned(post.id, (1, 2, 3, 4)),))
    assert pruned.thinned == 4
    assert kept(post) == [0, 5]
    assert verify.everything() == verify.Report(posts=1, revisions=6, first_bad=None)


def test_what_was_ever_published_stays(cast):
    post = old_post(cast.author)
    publication.publish(post, revision=1, by=cast.author)
    publication.publish(post, revision=3, by=cast.author)
    publication.unpublish(post, by=cast.author)

    prune.by_policy(DAILY, reason=REASON, by=OPERATOR)

    assert kept(post) == [0, 1, 3, 5]


def test_what_has_a_label_stays_as_long_as_it_has_it(cast):
    post = old_post(cast.author)
    labels.name(post, 2, name="Sent to review", by=cast.author)
    labels.name(post, 3, name="A mistake", by=cast.author)
    labels.remove(post, 3, by=cast.author)

    prune.by_policy(DAILY, reason=REASON, by=OPERATOR)
    assert kept(post) == [0, 2, 5]

    labels.remove(post, 2, by=cast.author)
    prune.by_policy(DAILY, reason=REASON, by=OPERATOR)
    assert kept(post) == [0, 5]


def test_what_is_young_stays(write):
    post = write("one", "two", "three")

    assert prune.by_policy(DAILY, reason=REASON, by=OPERATOR) == Pruned(posts=1, revisions=3, gone=())
    assert kept(post) == [0, 1, 2]


def test_the_default_policy_keeps_everything(cast):
    post = old_post(cast.author)

    assert prune.by_policy(retention.parse(""), reason=REASON, by=OPERATOR).thinned == 0
    assert kept(post) == [0, 1, 2, 3, 4, 5]


def test_pruning_again_takes_nothing(cast):
    old_post(cast.author)
    prune.by_policy(DAILY, reason=REASON, by=OPERATOR)

    assert prune.by_policy(DAILY, reason=REASON, by=OPERATOR) == Pruned(posts=1, revisions=2, gone=())


def test_posts_in_the_trash_are_thinned_out_and_those_deleted_for_good_skipped(cast):
    in_trash, for_good = old_post(cast.author), old_post(cast.author)
    trash.delete(in_trash, by=cast.author)
    trash.delete(for_good, by=cast.author)
    erase.post_for_good(for_good, reason="asked for", by=cast.admin)

    pruned = prune.by_policy(DAILY, reason=REASON, by=OPERATOR)

    assert pruned == Pruned(posts=1, revisions=6, gone=(Thinned(in_trash.id, (1, 2, 3, 4)),))
    assert verify.everything().ok


def test_a_dry_run_says_the_same_and_writes_nothing(cast):
    post = old_post(cast.author)
    said = prune.by_policy(DAILY, reason=REASON, by=OPERATOR, dry_run=True)

    assert kept(post) == [0, 1, 2, 3, 4, 5]
    assert db.session.scalars(sa.select(Erasure.revision)).all() == []
    assert db.session.scalars(sa.select(Event.verb).distinct()).all() == ["save"]
    assert prune.by_policy(DAILY, reason=REASON, by=OPERATOR) == said


def test_looking_at_and_restoring_a_thinned_text_says_that_it_is_gone_and_why(cast):
    post = old_post(cast.author)
    prune.by_policy(DAILY, reason=REASON, by=OPERATOR)

    for going_back in (
        lambda: preview.at(post, 2),
        lambda: restore.revision(post, 2, seen=5, by=cast.author),
    ):
        with pytest.raises(Gone) as gone:
            going_back()
        assert str(gone.value).endswith(": thinned out")
        assert gone.value.by == "the operator"
    assert db.session.scalars(sa.select(Erasure.retention).distinct()).all() == [True]


def test_a_thinned_post_is_edited_and_restored_as_before(cast, write):
    post = old_post(cast.author, texts=20)
    first = post.versions[0].body
    prune.by_policy(DAILY, reason=REASON, by=OPERATOR)

    write("another", post=Post.get(post.id))
    restored = restore.revision(Post.get(post.id), 0, seen=20, by=cast.author)

    assert (restored.revision, Post.get(post.id).body) == (21, first)
    assert verify.everything().ok


def test_each_post_has_a_line_in_the_audit_log(cast):
    posts_ = [old_post(cast.author), old_post(cast.author, texts=3)]

    prune.by_policy(DAILY, reason=REASON, by=OPERATOR)

    lines = db.session.execute(
        sa.select(Event.post_id, Event.by_id, Event.detail).where(Event.verb == "prune").order_by(Event.id)
    ).all()
    assert [tuple(line) for line in lines] == [
        (posts_[0].id, None, "4 revisions: thinned out"),
        (posts_[1].id, None, "1 revision: thinned out"),
    ]


def test_progress_is_told_for_each_post(cast):
    old_post(cast.author, texts=1)
    old_post(cast.author, texts=3)
    told = []

    prune.by_policy(DAILY, reason=REASON, by=OPERATOR, progress=told.append)

    assert told == [1, 2]


def test_only_who_may_erase_may_prune(cast):
    post = old_post(cast.author)

    with pytest.raises(NotAllowed):
        prune.by_policy(DAILY, reason=REASON, by=cast.editor)

    assert kept(post) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("meanwhile", ["published", "labelled"])
def test_what_is_published_or_named_while_it_is_chosen_stays(app, cast, meanwhile):
    post = old_post(cast.author)
    post_id, author_id = post.id, cast.author.id
    done = []

    def keep() -> None:
        with app.app_context():
            by = db.session.get(type(cast.author), author_id)
            if meanwhile == "published":
                publication.publish(Post.get(post_id), revision=2, by=by)
            else:
                labels.name(Post.get(post_id), 2, name="Keep", by=by)

    def once_chosen(_connection, _cursor, sql, *_rest) -> None:
        if "saved_at" in sql and "text_id IS NOT NULL" in sql and not done:
            done.append(True)
            thread = threading.Thread(target=keep)
            thread.start()
            thread.join()

    db.session.rollback()
    sa.event.listen(db.engine, "after_cursor_execute", once_chosen)
    pruned = prune.by_policy(DAILY, reason=REASON, by=OPERATOR)
    sa.event.remove(db.engine, "after_cursor_execute", once_chosen)

    assert done == [True]
    assert pruned.gone == (Thinned(post_id, (1, 3, 4)),)
    assert kept(post) == [0, 2, 5]


def test_the_ages_count_from_now(cast):
    post = old_post(cast.author)
    days = (clock.now() - LONG_AGO).days

    prune.by_policy(retention.parse(f"after {days + 1} days keep one a day"), reason=REASON, by=OPERATOR)
    assert kept(post) == [0, 1, 2, 3, 4, 5]
    prune.by_policy(retention.parse(f"after {days} days keep one a day"), reason=REASON, by=OPERATOR)
    assert kept(post) == [0, 5]
