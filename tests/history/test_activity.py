"""The activity of the desk: its order, its filters, its pages, and that it tells nobody of what they may not see."""

from datetime import timedelta, timezone

import pytest

from webapp.database import db, transaction
from webapp.history import activity
from webapp.models import Post
from webapp.operations import erase, labels, posts, publication, restore, trash
from webapp.pure.kind import Kind


def entries(by, **asked):
    return [entry for day in activity.page(by=by, **asked).days for entry in day.entries]


def told(by, **asked):
    """Return what is said in short: verb, post, revision."""
    return [(entry.verb, *((one.post_id, one.revision) for one in entry.changes)) for entry in entries(by, **asked)]


def imported(cast, *bodies, title="From git", post=None):
    """Import a post, revision after revision, as `operations/imports.py` does."""
    for body in bodies:
        saved = posts.write(
            post,
            title=title,
            body=body,
            tags="",
            note="",
            seen=post and post.revision,
            by=cast.admin,
            kind=Kind.IMPORTED,
        )
        post = Post.get(saved.post_id)
    return post


@pytest.fixture
def busy(write, cast):
    """Post 1 is published by its author and then edited by the editor; post 2, of another author, is a draft."""
    write("one", title="First")
    publication.publish(Post.get(1), revision=0, by=cast.author)
    write("one two", title="First", post=Post.get(1), by=cast.editor)
    write("theirs", title="Second", by=cast.other)


def test_the_newest_comes_first(busy, cast):
    assert told(cast.editor) == [("save", (2, 0)), ("save", (1, 1)), ("publish", (1, 0)), ("save", (1, 0))]


def test_a_line_says_who_what_and_how_much(busy, cast, write):
    write("one two three four", title="First", post=Post.get(1), by=cast.editor)
    restore.revision(Post.get(1), 0, seen=2, by=cast.author)

    restored, edited, *_ = entries(cast.editor)

    assert [person.name for person in edited.people] == ["Ed Itor"]
    assert (edited.words_added, edited.words_removed) == (2, 0)
    assert [person.name for person in restored.people] == ["Ana Ruiz"]
    assert (restored.words_added, restored.words_removed) == (0, 3)
    (change,) = restored.changes
    assert (change.title, change.kind, change.source_revision, change.is_live) == ("First", "restored", 0, False)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("admin", [("save", (2, 0)), ("save", (1, 1)), ("publish", (1, 0)), ("save", (1, 0))]),
        ("editor", [("save", (2, 0)), ("save", (1, 1)), ("publish", (1, 0)), ("save", (1, 0))]),
        ("author", [("save", (1, 1)), ("publish", (1, 0)), ("save", (1, 0))]),
        ("other", [("save", (2, 0)), ("publish", (1, 0))]),
        ("reader", [("publish", (1, 0))]),
    ],
)
def test_who_sees_what(busy, cast, who, seen):
    assert told(getattr(cast, who)) == seen


def test_of_others_posts_one_sees_the_published_title_and_only_what_is_published_now(write, cast):
    write("one", title="Public")
    publication.publish(Post.get(1), revision=0, by=cast.author)
    write("two", title="Secret", post=Post.get(1))
    publication.publish(Post.get(1), revision=1, by=cast.author)
    write("three", title="More secret", post=Post.get(1))

    (entry,) = entries(cast.other)

    assert [(one.title, one.revision, one.may_edit) for one in entry.changes] == [("Secret", 1, False)]

    publication.unpublish(Post.get(1), by=cast.author)

    assert entries(cast.other) == []


def test_of_a_post_in_the_trash_only_that_it_went_there(busy, cast):
    trash.delete(Post.get(1), by=cast.author)

    assert told(cast.author) == [("delete", (1, None))]
    assert told(cast.other) == [("save", (2, 0))]

    trash.undelete(Post.get(1), by=cast.author)

    assert told(cast.author)[:2] == [("undelete", (1, None)), ("delete", (1, None))]


def test_of_a_post_that_was_erased_not_even_the_title(busy, cast):
    trash.delete(Post.get(1), by=cast.author)
    erase.post_for_good(Post.get(1), reason="asked to", by=cast.admin)

    erased, *rest = entries(cast.admin)

    assert (erased.verb, erased.changes[0].title) == ("erase post", "")
    assert [entry.verb for entry in rest] == ["save"]
    assert told(cast.author) == [("erase post", (1, None))]
    assert told(cast.other) == [("save", (2, 0))]


def test_what_one_transaction_changed_is_one_entry(busy, cast):
    with transaction():
        for number in (1, 2):
            post = Post.get(number)
            posts.write(post, title="Both", body="both", tags="", note="", seen=post.revision, by=cast.editor)

    both = entries(cast.editor)[0]

    assert [(one.post_id, one.revision) for one in both.changes] == [(2, 1), (1, 2)]
    assert (both.posts, both.revisions) == (2, 2)
    assert told(cast.other)[0] == ("save", (2, 1))


def test_many_posts_in_one_transaction_are_counted_and_a_few_named(cast):
    with transaction():
        for number in range(8):
            posts.write(None, title=f"{number}", body="x", tags="", note="", seen=None, by=cast.editor)

    (entry,) = entries(cast.editor)

    assert (entry.posts, entry.revisions, len(entry.changes)) == (8, 8, 5)


def test_an_import_is_one_line_however_long_it_was(cast, write):
    long = imported(cast, *map(str, range(130)))
    imported(cast, "a", "b", title="Another")
    write("later", title="From git", post=long, by=cast.editor)

    later, another, whole = entries(cast.editor)

    assert (later.revisions, later.changes[0].revision, later.changes[0].first) == (1, 130, None)
    assert (another.revisions, another.changes[0].first, another.changes[0].revision) == (2, 0, 1)
    assert (whole.revisions, whole.changes[0].first, whole.changes[0].revision) == (130, 0, 129)
    assert (whole.words_added, whole.words_removed) == (130, 129)


def test_a_person_can_be_asked_for(busy, cast):
    assert told(cast.admin, person=cast.author) == [("publish", (1, 0)), ("save", (1, 0))]
    assert told(cast.admin, person=cast.reader) == []


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("written", [("save", (1, 1)), ("save", (1, 0))]),
        ("restored", [("save", (1, 2))]),
        ("imported", [("save", (2, 0))]),
        ("published", [("unpublish", (1, 0)), ("publish", (1, 0))]),
        ("labelled", [("remove label", (1, 0)), ("rename label", (1, 0)), ("label", (1, 0))]),
        ("removed", [("undelete", (1, None)), ("delete", (1, None))]),
    ],
)
def test_a_kind_can_be_asked_for(write, cast, kind, seen):
    write("one")
    write("one", title="Renamed", post=Post.get(1), by=cast.editor)
    restore.revision(Post.get(1), 0, seen=1, by=cast.author)
    imported(cast, "x")
    for name in ("Sent", "Sent to review"):
        labels.name(Post.get(1), 0, name=name, by=cast.author)
    labels.remove(Post.get(1), 0, by=cast.author)
    publication.publish(Post.get(1), revision=0, by=cast.author)
    publication.unpublish(Post.get(1), by=cast.author)
    trash.delete(Post.get(1), by=cast.author)
    trash.undelete(Post.get(1), by=cast.author)

    assert told(cast.admin, kind=kind) == seen


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_the_pages_together_are_the_whole_and_nothing_comes_twice(busy, cast, write, size):
    publication.unpublish(Post.get(1), by=cast.author)
    imported(cast, "a", "b", "c")
    with transaction():
        for number in (1, 2):
            post = Post.get(number)
            posts.write(post, title="Both", body="both", tags="", note="", seen=post.revision, by=cast.editor)
    found, before, pages = [], None, 0
    while pages == 0 or before is not None:
        part = activity.page(by=cast.admin, before=before, size=size)
        found += [entry for day in part.days for entry in day.entries]
        before, pages = part.older, pages + 1

    assert found == entries(cast.admin)
    assert len(found) == 7
    assert pages == -(-7 // size)


@pytest.mark.parametrize("hours", [-12, 0, 14])
def test_entries_stand_under_their_day_by_the_calendar_of_who_looks(write, cast, hours):
    zone = timezone(timedelta(hours=hours))
    write("one")

    (day,) = activity.page(by=cast.admin, zone=zone).days

    assert day.date == day.entries[0].at.astimezone(zone).date()


def test_thirty_revisions_need_no_more_statements_than_one(cast, write, statements):
    admin = cast.admin
    write("one")
    told(admin)
    with statements() as few:
        told(admin)
    write(*map(str, range(30)), post=Post.get(1))
    write(*map(str, range(5)), title="Another", by=cast.other)
    publication.publish(Post.get(1), revision=3, by=cast.admin)

    told(admin)
    with statements() as many:
        told(admin)

    assert len(few) == len(many) == 4


@pytest.mark.only("sqlite", "PostgreSQL reads a small table whole")
def test_what_was_done_besides_saving_is_found_without_walking_through_the_saves(write, cast, statements):
    write("one")
    with statements() as said:
        told(cast.admin, kind="published")
    (query,) = [sql for sql in said if "FROM event" in sql]

    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query.replace('?', '1')}").all()

    assert "ix_event_told" in str(plan)
