"""Revisions as entries: what a line says where there is no note."""

import pytest

from webapp.history import activity
from webapp.models import Post
from webapp.operations import erase, posts, restore


def newest(cast):
    """Return the change of the newest entry."""
    return activity.page(by=cast.admin).days[0].entries[0].changes[0]


def save(cast, *, title="A post", body="words", tags="", note=""):
    post = Post.get(1)
    posts.write(post, title=title, body=body, tags=tags, note=note, seen=post.revision, by=cast.author)


def test_a_line_tells_the_note_or_what_was_made_at_save(write, cast):
    write("words")

    save(cast, body="other words")
    assert newest(cast).summary == "“other” added"

    save(cast, body="more words", note="Say why")
    assert newest(cast).summary == "Say why"


@pytest.mark.parametrize(
    ("changed", "summary"),
    [
        ({"body": "other words"}, ""),
        ({"title": "Renamed"}, "Only title, tags or spacing"),
        ({"tags": "new"}, "Only title, tags or spacing"),
        ({"body": "words\n"}, "Only title, tags or spacing"),
    ],
)
def test_where_neither_is_there_only_what_the_numbers_do_not_say_is_said(write, cast, tamper, changed, summary):
    write("words")

    save(cast, **changed)
    tamper("UPDATE post_version SET summary = NULL")

    assert newest(cast).summary == summary


def test_a_restored_revision_says_so_by_its_kind(write, cast):
    write("one", "two")
    restore.revision(Post.get(1), 0, seen=1, by=cast.author)

    assert (newest(cast).kind, newest(cast).source_revision) == ("restored", 0)


def test_an_erased_text_is_marked_and_its_line_stays(write, cast):
    write("one", "two")
    erase.revisions(Post.get(1), {0}, reason="asked to", by=cast.admin)

    *_, first = (entry for day in activity.page(by=cast.admin, kind="written").days for entry in day.entries)

    assert (first.changes[0].is_gone, first.changes[0].summary) == (True, "")
