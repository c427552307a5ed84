"""Saving a text with parts of older revisions in it."""

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Missing
from webapp.history import verify
from webapp.models import RevisionSource
from webapp.operations import take
from webapp.operations.merging import Merged
from webapp.operations.posts import Saved

WORDS = {"title": "A post", "tags": "", "note": ""}


def sources():
    return db.session.execute(sa.select(RevisionSource.revision, RevisionSource.source).order_by(sa.text("2"))).all()


def test_the_revision_names_its_source(write, cast):
    post = write("one", "two")

    answer = take.save(post, **WORDS, body="one two", sources=[0], seen=1, by=cast.editor)

    latest = post.versions[-1]
    assert answer == Merged(Saved(post.id, 2, made=True))
    assert (latest.body, latest.kind, latest.source_revision, latest.editor_id) == (
        "one two",
        "hunks",
        0,
        cast.editor.id,
    )
    assert sources() == []
    assert verify.everything().ok


def test_several_sources_are_all_named(write, cast):
    post = write("one", "two", "three")

    take.save(post, **WORDS, body="one two", sources=[0, 1, 0], seen=2, by=cast.author)

    assert (post.kind, post.source_revision) == ("hunks", 1)
    assert sources() == [(3, 0), (3, 1)]


def test_where_nothing_changed_nothing_is_named(write, cast):
    post = write("one", "two", "three")

    answer = take.save(post, **WORDS, body="three", sources=[0, 1], seen=2, by=cast.author)

    assert (answer.saved.made, sources()) == (False, [])


def test_the_same_save_sent_again_names_nothing_twice(write, cast):
    post = write("one", "two", "three")
    for _ in range(2):
        answer = take.save(post, **WORDS, body="one two", sources=[0, 1], seen=2, by=cast.author, save_id="s")

    assert answer.saved == Saved(post.id, 3, made=False, sent_before=True)
    assert sources() == [(3, 0), (3, 1)]


def test_whoever_comes_with_the_save_is_heard_inside_of_it(write, cast):
    post, heard = write("one", "two"), []

    answer = take.save(post, **WORDS, body="x", sources=[0], seen=1, by=cast.author, then=heard.append)

    assert heard == [answer.saved]


def test_merged_with_what_somebody_else_saved_it_still_names_them(write, cast):
    post = write("a\n\nb\n\nc\n", "A\n\nb\n\nc\n")
    write("A\n\nb\n\nC\n", by=cast.editor, post=post)

    take.save(post, **WORDS, body="a\n\nb\n\nc\n", sources=[0], seen=1, by=cast.author)

    assert (post.body, post.kind, post.source_revision) == ("a\n\nb\n\nC\n", "merged", 2)
    assert sources() == [(3, 0)]


def test_a_source_that_is_not_there_is_refused(write, cast):
    post = write("one", "two")

    with pytest.raises(Missing):
        take.save(post, **WORDS, body="x", sources=[7], seen=1, by=cast.author)

    assert len(post.versions) == 2
