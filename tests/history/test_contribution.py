"""What somebody wrote, counted in the posts that the one who looks may see."""

from webapp.history import contribution
from webapp.history.contribution import Contribution
from webapp.models import Post
from webapp.operations import trash

NOTHING = Contribution(revisions=0, posts=0, words_added=0, words_removed=0)


def names(by):
    return [person.name for person in contribution.people(by=by)]


def test_it_counts_revisions_posts_and_words(write, cast):
    write("one two", "one two three")
    write("four")

    assert contribution.of(cast.author, by=cast.editor) == Contribution(
        revisions=3, posts=2, words_added=4, words_removed=0
    )
    assert contribution.of(cast.reader, by=cast.editor) == NOTHING


def test_only_what_may_be_seen_is_counted(write, cast):
    write("one two")
    write("theirs", by=cast.other)
    write("one two three", post=Post.get(1), by=cast.editor)

    assert contribution.of(cast.editor, by=cast.author).revisions == 1
    assert contribution.of(cast.editor, by=cast.other) == NOTHING
    assert contribution.of(cast.author, by=cast.reader) == NOTHING

    trash.delete(Post.get(1), by=cast.author)

    assert contribution.of(cast.author, by=cast.admin) == NOTHING


def test_those_are_listed_who_wrote_what_may_be_seen(write, cast):
    write("one")
    write("theirs", by=cast.other)

    assert names(cast.admin) == ["Ana Ruiz", "Otto Other"]
    assert names(cast.other) == ["Otto Other"]
    assert names(cast.reader) == []
