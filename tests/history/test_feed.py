"""What the feed tells: what is published now, and nothing of what is not."""

from webapp.database import db
from webapp.history import feed
from webapp.models import Post
from webapp.operations import erase, publication, trash


def test_an_empty_desk_has_an_empty_feed(cast):
    assert (feed.newest().stories, feed.newest().changed_at) == ((), None)


def test_the_last_published_comes_first_with_its_published_words(write, cast):
    write("one", title="First", tags="sea")
    write("*two* words", title="Second")
    publication.publish(Post.get(2), revision=0, by=cast.author)
    publication.publish(Post.get(1), revision=0, by=cast.editor)
    write("secret", title="Secret", tags="secret", post=Post.get(1), by=cast.editor)

    stories = feed.newest().stories

    assert [(story.post_id, story.revision, story.title, story.tags) for story in stories] == [
        (1, 0, "First", ("sea",)),
        (2, 0, "Second", ()),
    ]
    assert [(story.author, story.summary) for story in stories] == [("Ana Ruiz", "one"), ("Ana Ruiz", "two words")]


def test_what_is_published_again_says_what_changed_for_readers_and_nothing_between(write, cast):
    write("You may come.", "Secret words.", "You must come.")
    publication.publish(Post.get(1), revision=0, by=cast.author)
    publication.publish(Post.get(1), revision=2, by=cast.author)

    (story,) = feed.newest().stories

    assert story.summary == "“may” became “must”.\n\nYou must come."


def test_words_that_were_erased_are_not_quoted_any_more(write, cast):
    write("You may come.", "You must come.")
    for number in (0, 1):
        publication.publish(Post.get(1), revision=number, by=cast.author)
    erase.revisions(Post.get(1), numbers=[0], reason="asked to", by=cast.admin)
    db.session.rollback()

    (story,) = feed.newest().stories

    assert (story.changed, story.summary) == (None, "You must come.")


def test_what_is_taken_back_or_in_the_trash_is_gone(write, cast):
    for number in (1, 2):
        write("words")
        publication.publish(Post.get(number), revision=0, by=cast.author)
    before = feed.newest()

    publication.unpublish(Post.get(1), by=cast.author)
    trash.delete(Post.get(2), by=cast.author)

    assert len(before.stories) == 2
    assert feed.newest().stories == ()
    assert feed.newest().changed_at > before.changed_at


def test_a_post_keeps_its_name_and_its_first_moment_when_published_again(write, cast):
    write("one")
    publication.publish(Post.get(1), revision=0, by=cast.author)
    (before,) = feed.newest().stories
    write("two", post=Post.get(1))

    publication.publish(Post.get(1), revision=1, by=cast.author)

    (after,) = feed.newest().stories
    assert (after.uuid, after.first_at) == (before.uuid, before.first_at)
    assert after.at > before.at == before.first_at


def test_two_posts_and_the_feed_itself_have_names_of_their_own(write, cast):
    for number in (1, 2):
        write("words")
        publication.publish(Post.get(number), revision=0, by=cast.author)

    newest = feed.newest()

    assert len({newest.uuid, *(story.uuid for story in newest.stories)}) == 3
    assert cast.admin.public_id not in newest.uuid.hex


def test_thirty_stories_need_no_more_statements_than_one(write, cast, statements):
    write("words")
    publication.publish(Post.get(1), revision=0, by=cast.author)
    feed.newest()
    with statements() as few:
        feed.newest()
    for number in range(2, 30):
        write("words")
        publication.publish(Post.get(number), revision=0, by=cast.author)
    feed.newest()

    with statements() as many:
        feed.newest()

    assert len(few) == len(many) == 3
