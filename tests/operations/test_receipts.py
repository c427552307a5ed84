"""A save sent twice makes one revision, and only what was sent twice counts as that."""

import pytest
import sqlalchemy as sa

from tests.operations.saving import at_once, counts, person, save
from webapp.database import db
from webapp.errors import Conflict
from webapp.models import Post, Receipt
from webapp.operations import posts


def test_a_save_sent_again_gets_the_first_answer(write, cast):
    post = write("one")
    first = save(post, by=cast.author, body="two", save_id="s")
    save(post, by=cast.author, body="three")

    again = save(post, by=cast.author, body="two", seen=0, save_id="s")

    assert again == posts.Saved(post.id, first.revision, made=False, sent_before=True)
    assert [version.body for version in post.versions] == ["one", "two", "three"]


def test_a_new_post_sent_again_makes_one(app, cast):
    first = save(None, by=cast.author, save_id="s")

    assert save(None, by=cast.author, save_id="s") == posts.Saved(first.post_id, 0, made=False, sent_before=True)
    assert counts()["post"] == 1


def test_the_receipt_names_the_revision_and_the_person(write, cast):
    post = write("one")
    save(post, by=cast.editor, body="two", save_id="s")

    receipts = db.session.scalars(sa.select(Receipt)).all()

    assert [(row.save_id, row.by_id, row.post_id, row.revision) for row in receipts] == [
        ("s", cast.editor.id, post.id, 1)
    ]


def test_a_save_id_that_comes_again_with_another_text_is_another_save(write, cast):
    post = write("one")
    save(post, by=cast.author, body="two", seen=0, save_id="s")

    with pytest.raises(Conflict):  # its answer was lost, and the person typed on
        save(post, by=cast.author, body="two and more", seen=0, save_id="s")
    answer = save(post, by=cast.author, body="two and more", seen=1, save_id="s")

    assert answer == posts.Saved(post.id, 2, made=True)


def test_a_save_id_that_comes_again_with_another_new_post_makes_that_post(app, cast):
    first = save(None, by=cast.author, save_id="s")

    second = save(None, by=cast.author, body="quite another text", save_id="s")

    assert (second.made, second.post_id) == (True, first.post_id + 1)


def test_a_save_id_that_comes_again_for_another_post_is_not_answered_with_the_first(write, cast):
    one, other = write("one"), write("one")
    save(one, by=cast.author, body="same", save_id="s")

    answer = save(other, by=cast.author, body="same", save_id="s")

    assert answer == posts.Saved(other.id, 1, made=True)


def test_somebody_elses_save_id_is_another_save(write, cast):
    post, secret = write("one"), write("two", by=cast.other)
    theirs = save(secret, by=cast.other, body="three", save_id="s")

    mine = save(post, by=cast.author, body="mine", save_id="s")

    assert (mine.post_id, mine.revision, mine.made) == (post.id, 1, True)
    assert theirs.post_id == secret.id


@pytest.mark.only("postgresql", "SQLite has one writer at a time from the first statement on")
def test_the_same_save_sent_twice_at_once_makes_one_revision(app, write, cast):
    post_id, author_id = write("one").id, cast.author.id
    answers = at_once(app, 2, lambda: save(Post.get(post_id), by=person(author_id), body="two", seen=0, save_id="s"))

    assert sorted(answers, key=lambda answer: answer.made) == [
        posts.Saved(post_id, 1, made=False, sent_before=True),
        posts.Saved(post_id, 1, made=True),
    ]


@pytest.mark.only("postgresql", "SQLite has one writer at a time from the first statement on")
def test_the_same_new_post_sent_twice_at_once_makes_one_post(app, cast):
    author_id = cast.author.id
    answers = at_once(app, 2, lambda: save(None, by=person(author_id), save_id="s"))

    assert sorted(answer.made for answer in answers) == [False, True]
    assert len({answer.post_id for answer in answers}) == 1
    assert counts()["post"] == 1
