"""How large a post was, read by one seek for each revision that is looked at."""

from webapp.history import head, sizes
from webapp.models import Post
from webapp.operations import erase, labels, publication


def of(post: Post, by) -> list[tuple[int, int | None]]:
    return [(size.number, size.size_bytes) for size in sizes.of(head.of(post.id, by=by))]


def test_each_revision_has_its_size_in_utf_8_and_its_time(write, cast):
    post = write("one", "zwölf", "")

    assert of(post, cast.author) == [(0, 3), (1, 6), (2, 0)]
    assert [size.saved_at for size in sizes.of(head.of(post.id, by=cast.author))] == [
        row.saved_at for row in post.versions
    ]


def test_a_new_revision_and_an_erased_one_are_seen_at_once(write, cast):
    post = write("one", "two")
    assert of(post, cast.author) == [(0, 3), (1, 3)]

    write("three", post=post)
    assert of(post, cast.author) == [(0, 3), (1, 3), (2, 5)]

    erase.revisions(post, [1], reason="asked for", by=cast.admin)
    assert of(post, cast.author) == [(0, 3), (1, None), (2, 5)]


def test_of_a_long_history_some_are_looked_at_and_no_text_is_read(write, cast, statements):
    post = head.of(write(*map(str, range(sizes.MOST + 40))).id, by=cast.author)

    with statements() as said:
        found = sizes.of(post)
        sizes.of(post)

    assert len(said) == 1
    assert "packed" not in said[0]
    assert (found[0].number, found[-1].number, len(found)) == (0, sizes.MOST + 39, sizes.MOST)


def test_what_has_a_name_and_what_readers_ever_saw_stands_out(write, cast):
    post = write("zero", "one", "two", "three")
    publication.publish(post, revision=1, by=cast.author)
    publication.publish(post, revision=3, by=cast.author)
    publication.unpublish(post, by=cast.author)
    publication.publish(post, revision=1, by=cast.author)
    labels.name(post, 2, name="Sent to review", by=cast.author)
    labels.name(post, 1, name="Draft", by=cast.author)
    labels.name(post, 0, name="Never mind", by=cast.author)
    labels.remove(post, 0, by=cast.author)

    marks = sizes.marks(head.of(post.id, by=cast.author))

    assert marks == sizes.Marks(labels={1: "Draft", 2: "Sent to review"}, published=frozenset({1, 3}))


def test_the_marks_are_those_of_this_post(write, cast):
    post, other = write("one"), write("two")
    labels.name(other, 0, name="Another's", by=cast.author)
    publication.publish(other, revision=0, by=cast.author)

    assert sizes.marks(head.of(post.id, by=cast.author)) == sizes.Marks(labels={}, published=frozenset())
