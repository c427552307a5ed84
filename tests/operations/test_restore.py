"""Bringing an old revision back."""

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Conflict, Gone, Missing, NotAllowed, TooLarge
from webapp.history import preview
from webapp.models import Published, StoredText
from webapp.operations import erase, posts, publication, restore
from webapp.operations.posts import Saved


def test_restoring_makes_a_new_revision_that_names_its_source(write, cast):
    post = write("one", title="First", tags="a")
    write("two", title="Second", tags="b", post=post)

    answer = restore.revision(post, 0, seen=1, by=cast.editor)

    latest = post.versions[-1]
    assert answer == Saved(post.id, 2, made=True)
    assert (latest.title, latest.body, latest.tags, latest.note) == ("First", "one", "a", "")
    assert (latest.kind, latest.source_revision, latest.editor_id) == ("restored", 0, cast.editor.id)
    assert [(version.title, version.body) for version in post.versions] == [
        ("First", "one"),
        ("Second", "two"),
        ("First", "one"),
    ]


def test_restoring_stores_no_text(write, cast):
    post = write("one", "two")

    restore.revision(post, 0, seen=1, by=cast.author)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredText)) == 2


def test_negative_numbers_count_from_the_end_and_the_source_is_the_real_one(write, cast):
    post = write("one", "two", "three")

    restore.revision(post, -2, seen=2, by=cast.author)

    assert (post.body, post.source_revision) == ("two", 1)


def test_restoring_the_latest_makes_nothing(write, cast):
    post = write("one", "two")

    assert restore.revision(post, 1, seen=1, by=cast.author) == Saved(post.id, 1, made=False)
    assert len(post.versions) == 2


def test_restoring_an_older_equal_revision_makes_nothing(write, cast):
    post = write("one", "two", "one")

    assert restore.revision(post, 0, seen=2, by=cast.author) == Saved(post.id, 2, made=False)


def test_a_restore_sent_again_gets_the_first_answer(write, cast):
    post = write("one", "two")
    restore.revision(post, 0, seen=1, by=cast.author, save_id="s")

    assert restore.revision(post, 0, seen=1, by=cast.author, save_id="s") == Saved(
        post.id, 2, made=False, sent_before=True
    )


def test_a_restore_that_lost_the_race_is_refused(write, cast):
    post = write("one", "two", "three")

    with pytest.raises(Conflict) as refused:
        restore.revision(post, 0, seen=1, by=cast.author)

    assert (refused.value.seen, refused.value.latest) == (1, 2)
    assert len(post.versions) == 3


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("number", [2, -3, 10**9])
def test_a_revision_that_is_not_there_cannot_come_back(write, cast, number):
    post = write("one", "two")

    with pytest.raises(Missing):
        restore.revision(post, number, seen=1, by=cast.author)


def test_an_erased_text_cannot_come_back(write, cast):
    post = write("one", "two")
    erase.revisions(post, [0], reason="asked for", by=cast.admin)

    with pytest.raises(Gone):
        restore.revision(post, 0, seen=1, by=cast.author)


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize("who", ["reader", "other"])
def test_who_may_not_edit_may_not_restore(write, cast, who):
    post = write("one", "two")

    with pytest.raises(NotAllowed):
        restore.revision(post, 0, seen=1, by=getattr(cast, who))

    assert len(post.versions) == 2


def test_restoring_does_not_publish(write, cast):
    post = write("one", "two")
    publication.publish(post, revision=1, by=cast.author)

    restore.revision(post, 0, seen=1, by=cast.author)

    live = db.session.get(Published, post.id)
    assert (live.revision, live.title, live.body) == (1, "A post", "two")


def test_a_title_or_tag_that_alone_differs_comes_back(write, cast):
    post = write("one", title="First", tags="a, b")
    posts.write(post, title="Second", body="one", tags="b, a", note="", seen=0, by=cast.author)

    restore.revision(post, 0, seen=1, by=cast.author)

    assert (post.title, post.tags, post.body) == ("First", "a, b", "one")


def test_what_was_empty_comes_back_empty_and_what_was_emptied_comes_back(write, cast):
    post = write("", title="First")
    posts.write(post, title="Second", body="words", tags="a", note="", seen=0, by=cast.author)

    restore.revision(post, 0, seen=1, by=cast.author)
    assert (post.title, post.tags, post.body) == ("First", "", "")
    restore.revision(post, 1, seen=2, by=cast.author)

    assert (post.title, post.tags, post.body) == ("Second", "a", "words")


def test_a_text_over_a_limit_that_was_lowered_since_is_refused_with_its_reason_and_stays_readable(app, write, cast):
    post = write("long before the limit", "one")
    app.config["MAX_BODY_BYTES"] = 3

    with pytest.raises(TooLarge) as refused:
        restore.revision(post, 0, seen=1, by=cast.author)

    assert [*refused.value.fields] == ["body"]
    assert preview.at(post, 0).body == "long before the limit"
