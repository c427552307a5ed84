"""The revisions in a row, newest first, page by page."""

import pytest

from tests.history.listing import head_of, numbers
from webapp.history import timeline
from webapp.history.people import person
from webapp.models import Post
from webapp.operations import erase, posts, publication, restore, take


@pytest.fixture
def long(write) -> Post:
    """Return a post with the revisions 0 to 11, for pages of five."""
    return write(*(f"text {number}" for number in range(12)))


def test_an_entry_says_all_that_is_known_without_the_text(write, cast):
    post = write("one", title="First")
    posts.write(post, title="Second", body="two words", tags="", note="why", seen=0, by=cast.editor)
    publication.publish(post, revision=1, by=cast.author)

    assert timeline.page(head_of(post)).entries[0] == timeline.Entry(
        number=1,
        editor=person(cast.editor),
        saved_at=post.saved_at,
        note="why",
        summary="why",
        kind="written",
        source_revision=None,
        words_added=2,
        words_removed=1,
        renamed=True,
        retagged=False,
        label=None,
        is_live=True,
        is_latest=True,
        gone=None,
    )


def test_an_entry_names_all_the_sources_of_its_parts(write, cast):
    post = write("one", "two", "three", "four")
    words = {"title": "A post", "tags": "", "note": ""}
    take.save(post, **words, body="one two", sources=[0, 2, 1], seen=3, by=cast.author)
    take.save(post, **words, body="one", sources=[0], seen=4, by=cast.author)

    alone, several = timeline.page(head_of(post)).entries[:2]

    assert (several.kind, several.source_revision, several.also_from) == ("hunks", 2, (1, 0))
    assert (alone.kind, alone.source_revision, alone.also_from) == ("hunks", 0, ())


def test_an_entry_cannot_be_changed(write):
    entry = timeline.page(head_of(write("one"))).entries[0]

    with pytest.raises(AttributeError):
        entry.note = "x"


def test_pages_follow_each_other_down_to_the_first(long):
    post = head_of(long)

    first = timeline.page(post, size=5)
    second = timeline.page(post, size=5, before=first.older)
    third = timeline.page(post, size=5, before=second.older)

    assert [numbers(shown) for shown in (first, second, third)] == [[11, 10, 9, 8, 7], [6, 5, 4, 3, 2], [1, 0]]
    assert (first.older, second.older, third.older) == (7, 2, None)


def test_newer_leads_back_up(long):
    post = head_of(long)

    third = timeline.page(post, size=5, before=2)
    second = timeline.page(post, size=5, after=third.newer)
    first = timeline.page(post, size=5, after=second.newer)

    assert [numbers(shown) for shown in (third, second, first)] == [[1, 0], [6, 5, 4, 3, 2], [11, 10, 9, 8, 7]]
    assert (third.newer, second.newer, first.newer) == (1, 6, None)
    assert (third.older, second.older, first.older) == (None, 2, 7)


def test_any_after_is_answered(long):
    post = head_of(long)

    shown = {after: timeline.page(post, size=2, after=after) for after in (9, 11, 500, -1, -9)}

    assert {after: (numbers(page), page.older) for after, page in shown.items()} == {
        9: ([11, 10], 10),
        11: ([], 12),
        500: ([], 501),
        -1: ([1, 0], None),
        -9: ([1, 0], None),
    }


def test_any_before_is_answered(long):
    post = head_of(long)

    shown = {before: numbers(timeline.page(post, size=5, before=before)) for before in (1000, 1, 0, -5)}

    assert shown == {1000: [11, 10, 9, 8, 7], 1: [0], 0: [], -5: []}


def test_a_page_has_fifty_and_fifty_revisions_need_no_second_one(write):
    post = write(*(f"text {number}" for number in range(50)))
    exactly = timeline.page(head_of(post))
    write("one more", post=post)
    more = timeline.page(head_of(post))

    assert (numbers(exactly), exactly.older) == (list(range(49, -1, -1)), None)
    assert (numbers(more), more.older) == (list(range(50, 0, -1)), 1)


def test_around_an_old_revision_is_a_page_with_it_in_the_middle(long):
    post = head_of(long)

    assert numbers(timeline.around(post, 4, size=5)) == [5, 4, 3, 2, 1]
    assert numbers(timeline.around(post, 0, size=5)) == [1, 0]
    assert numbers(timeline.around(post, 6, size=5)) == [7, 6, 5, 4, 3]


def test_around_a_recent_revision_is_the_first_page(long):
    post = head_of(long)

    assert [timeline.around(post, number, size=5) for number in (11, 9, 7)] == [timeline.page(post, size=5)] * 3


def test_named_entries_are_as_on_their_pages(long, cast):
    publication.publish(long, revision=3, by=cast.author)
    post = head_of(long)
    everything = timeline.page(post).entries

    assert timeline.entries(post, {11, 3, 0}) == tuple(entry for entry in everything if entry.number in (11, 3, 0))
    assert timeline.entries(post, {500}) == ()
    assert timeline.entries(post, set()) == ()


def test_badges_mark_the_latest_and_the_one_that_readers_see(write, cast):
    post = write("one", "two", "three")
    publication.publish(post, revision=1, by=cast.author)

    badges = [(entry.number, entry.is_latest, entry.is_live) for entry in timeline.page(head_of(post)).entries]

    assert badges == [(2, True, False), (1, False, True), (0, False, False)]


def test_erased_and_pruned_texts_say_so(write, cast):
    post = write("one", "two", "three")
    erase.revisions(post, [0], reason="asked for", by=cast.admin)
    erase.revisions(post, [1], reason="policy", by=cast.admin, retention=True)

    shown = [(entry.number, entry.gone, entry.summary) for entry in timeline.page(head_of(post)).entries]

    assert shown == [
        (2, None, "Text changed"),
        (1, "pruned", "Text no longer kept"),
        (0, "erased", "Text no longer kept"),
    ]


def test_summaries_are_the_note_or_what_was_made_at_save(write, cast):
    post = write("We may sail.")
    posts.write(post, title="A post", body="We must sail.", tags="", note="", seen=0, by=cast.author)
    posts.write(post, title="A post", body="We sail.", tags="", note="Be brief", seen=1, by=cast.author)

    assert [entry.summary for entry in timeline.page(head_of(post)).entries] == [
        "Be brief",
        "“may” became “must”",
        "First version",
    ]


def test_summaries_say_what_is_known_where_neither_is_there(write, cast, tamper):
    post = write("one", title="First", tags="a")
    for changed in (
        {"body": "two"},
        {"title": "Second"},
        {"tags": "b"},
        {"body": "three", "title": "Third", "tags": "c"},
        {"body": "three!"},
        {"body": "four", "note": "Said otherwise"},
    ):
        whole = {"title": post.title, "body": post.body, "tags": post.tags, "note": ""} | changed
        posts.write(post, **whole, seen=post.revision, by=cast.author)
    restore.revision(post, 0, seen=6, by=cast.author)
    tamper("UPDATE post_version SET summary = NULL")

    assert [entry.summary for entry in reversed(timeline.page(head_of(post)).entries)] == [
        "First version",
        "Text changed",
        "Title changed",
        "Tags changed",
        "Text and title and tags changed",
        "Text changed",
        "Said otherwise",
        "Restored from #0",
    ]


def test_the_last_entry_of_a_page_is_summed_up_against_the_one_that_follows(write, tamper):
    post = write("one", title="First")
    write("one", title="Second", post=post)

    tamper("UPDATE post_version SET summary = NULL")

    assert timeline.page(head_of(post), size=1).entries[0].summary == "Title changed"


def test_a_revision_after_an_erased_one_is_not_said_to_have_changed_what_is_unknown(write, cast):
    post = write("one", title="Same", tags="a")
    write("two", title="Same", tags="a", post=post)
    erase.revisions(post, [0], reason="asked for", by=cast.admin)

    assert timeline.page(head_of(post)).entries[0].summary == "Text changed"


def test_a_page_takes_one_query_without_texts_however_many_rows(write, statements):
    sent = {}
    for count in (1, 60):
        post = head_of(write(*(f"text {number}" for number in range(count))))
        with statements() as said:
            timeline.page(post)
        sent[count] = said

    assert [len(said) for said in sent.values()] == [1, 1]
    assert sent[1] == sent[60]
    assert "body" not in sent[60][0]
    assert "packed" not in sent[60][0]


def test_another_posts_revisions_are_not_there(write):
    write("theirs", "theirs too")

    assert numbers(timeline.page(head_of(write("one")))) == [0]
