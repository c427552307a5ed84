"""The timeline in sessions, narrowed to some revisions, and at a moment."""

from datetime import timedelta

import pytest

from tests.history.listing import head_of, numbers
from webapp import clock
from webapp.history import timeline
from webapp.history.people import person
from webapp.models import Post
from webapp.operations import erase, labels, posts


@pytest.fixture
def sittings(write, cast) -> Post:
    """Return a post with #0 to #2 of Ana's, #3 to #6 of Ed's and #7 to #9 of Ana's."""
    post = write("a", "b", "c")
    write("d", "e", "f", "g", post=post, by=cast.editor)
    return write("h", "i", "j", post=post)


def test_a_page_ends_where_a_session_ends(sittings):
    post = head_of(sittings)

    first = timeline.page(post, size=5)
    second = timeline.page(post, size=5, before=first.older)

    assert [numbers(shown) for shown in (first, second)] == [[9, 8, 7], [6, 5, 4, 3]]
    assert (first.older, second.older) == (7, 3)


def test_a_page_upwards_ends_where_a_session_begins(sittings):
    post = head_of(sittings)

    assert numbers(timeline.page(post, size=5, after=-1)) == [2, 1, 0]
    assert numbers(timeline.page(post, size=5, after=2)) == [6, 5, 4, 3]
    assert timeline.page(post, size=5, after=2).newer == 6


def test_a_session_longer_than_half_a_page_is_cut_and_its_neighbours_are_known(sittings):
    post = head_of(sittings)

    shown = timeline.page(post, size=2, before=8)

    assert numbers(shown) == [7, 6]
    assert (shown.above.number, shown.below.number) == (8, 5)
    assert numbers(timeline.page(post, size=3, before=6)) == [5, 4, 3]


def test_a_window_does_not_begin_with_the_rest_of_a_session(sittings):
    post = head_of(sittings)

    assert [numbers(timeline.around(post, number, size=4)) for number in (2, 3)] == [[2, 1, 0], [4, 3, 2, 1]]


def test_only_one_persons_revisions_are_listed_page_by_page(sittings, cast):
    post, only = head_of(sittings), timeline.Only(author=cast.author.public_id)

    first = timeline.page(post, only=only, size=3)
    second = timeline.page(post, only=only, size=3, before=first.older)
    back = timeline.page(post, only=only, size=3, after=second.newer)

    assert [numbers(shown) for shown in (first, second, back)] == [[9, 8, 7], [2, 1, 0], [9, 8, 7]]
    assert (first.older, second.older, second.newer, back.newer) == (7, None, 2, None)


def test_a_filtered_entry_says_what_it_says_among_all(sittings, cast):
    posts.write(sittings, title="Other", body="j", tags="x", note="", seen=9, by=cast.editor)
    erase.revisions(sittings, [5], reason="asked for", by=cast.admin)
    post = head_of(sittings)
    among_all = {entry.number: entry for entry in timeline.page(post).entries}

    for who, found in ((cast.editor, [10, 6, 5, 4, 3]), (cast.author, [9, 8, 7, 2, 1, 0]), (cast.reader, [])):
        only = timeline.Only(author=who.public_id)
        assert timeline.page(post, only=only).entries == tuple(among_all[number] for number in found)


@pytest.mark.parametrize("author", ["", "nobody", "0" * 20])
def test_an_unknown_person_has_no_revisions(sittings, author):
    assert numbers(timeline.page(head_of(sittings), only=timeline.Only(author=author))) == []


def test_labels_are_shown_and_only_labelled_ones_listed(sittings, cast):
    for number, name in ((1, "Sent"), (4, "Back"), (8, "Final")):
        labels.name(sittings, number, name=name, by=cast.editor)
    labels.remove(sittings, 4, by=cast.editor)
    post = head_of(sittings)

    labelled = timeline.page(post, only=timeline.Only(labelled=True))
    of_ed = timeline.page(post, only=timeline.Only(labelled=True, author=cast.editor.public_id))

    assert [(entry.number, entry.label) for entry in labelled.entries] == [(8, "Final"), (1, "Sent")]
    assert numbers(of_ed) == []
    assert [entry.number for entry in timeline.page(post).entries if entry.label] == [8, 1]


def test_around_in_a_filtered_timeline_begins_with_the_revision_or_what_is_older(sittings, cast):
    post, only = head_of(sittings), timeline.Only(author=cast.author.public_id)

    assert numbers(timeline.around(post, 8, only=only, size=3)) == [9, 8, 7]
    assert numbers(timeline.around(post, 4, only=only, size=3)) == [2, 1, 0]


def test_authors_are_listed_by_name(sittings, cast, write):
    write("theirs", by=cast.other)

    assert timeline.authors(head_of(sittings)) == (person(cast.author), person(cast.editor))


def test_a_moment_is_found_among_the_revisions(sittings):
    post = head_of(sittings)
    saved = {entry.number: entry.saved_at for entry in timeline.page(post).entries}

    assert [timeline.last_before(post, saved[number]) for number in range(10)] == [None, *range(9)]
    assert timeline.last_before(post, saved[9] + timedelta(days=1)) == 9


@pytest.mark.parametrize(
    "ask",
    [
        lambda post: timeline.page(post, after=3),
        lambda post: timeline.page(post, only=timeline.Only(author="x", labelled=True)),
        timeline.authors,
        lambda post: timeline.last_before(post, clock.now()),
    ],
)
def test_each_takes_one_query_without_texts(sittings, statements, ask):
    post = head_of(sittings)

    with statements() as said:
        ask(post)

    assert len(said) == 1
    assert "body" not in said[0]
    assert "packed" not in said[0]
