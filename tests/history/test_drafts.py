"""Drafts as their owner reads them."""

import pytest

from webapp.errors import Missing
from webapp.history import drafts
from webapp.operations import drafts as drafting
from webapp.operations.drafts import Sender


def autosave(post, by, body, *, form="form", turn=1, **more):
    seen = None if post is None else post.revision
    sender = Sender(save_id=form, turn=turn, seen=seen, **more)
    drafting.autosave(
        None if post is None else post.id, title="A title", body=body, tags="a", note="", sender=sender, by=by
    )


def test_open_drafts_come_first_and_the_newest_of_them_on_top(write, cast):
    post = write("one")
    for form in ("first", "second", "third"):
        autosave(post, cast.author, form, form=form)
    drafting.discard(3, by=cast.author)

    assert [(card.id, card.is_open) for card in drafts.of_post(1, by=cast.author)] == [(2, True), (1, True), (3, False)]
    assert drafts.newest(1, by=cast.author).id == 2


def test_without_an_open_draft_there_is_none_to_go_on_with(write, cast):
    autosave(write("one"), cast.author, "one a")
    drafting.discard(1, by=cast.author)

    assert drafts.newest(1, by=cast.author) is None


def test_a_state_says_what_was_typed_and_on_top_of_what(write, cast):
    autosave(write("one", "two"), cast.author, "one a", source=0, caret=5)

    state = drafts.at(1, by=cast.author)

    assert (state.title, state.body, state.tags, state.seen, state.source) == ("A title", "one a", "a", 1, 0)
    assert (state.number, state.is_newest, state.caret, state.draft.title) == (0, True, 5, "A title")


def test_states_are_listed_a_page_at_a_time(write, cast):
    post = write("one")
    for turn in range(1, 6):
        autosave(post, cast.author, "x" * turn, turn=turn)
    card = drafts.card(1, by=cast.author)

    assert [(row.number, row.size) for row in drafts.states(card, size=2)] == [(4, 5), (3, 4)]
    assert [row.number for row in drafts.states(card, before=3, size=9)] == [2, 1, 0]


@pytest.mark.parametrize("number", [1, -2, 99])
def test_an_unknown_state_is_missing(write, cast, number):
    autosave(write("one"), cast.author, "one a")

    with pytest.raises(Missing):
        drafts.at(1, number, by=cast.author)


def test_all_open_drafts_of_a_person_with_those_of_new_posts(write, cast):
    autosave(write("one"), cast.author, "one a")
    autosave(None, cast.author, "words", form="new")
    autosave(write("two"), cast.editor, "two a")

    assert [(card.post_id, card.may_edit) for card in drafts.open_ones(by=cast.author)] == [(None, True), (1, True)]


def test_listing_takes_one_query_for_one_and_for_many(write, cast, statements):
    post = write("one")
    counts = []
    for number in (1, 30):
        for form in range(number):
            autosave(post, cast.author, f"{number} {form}", form=f"{number} {form}")
        with statements() as said:
            drafts.of_post(1, by=cast.author)
        counts.append(len(said))

    assert counts == [1, 1]
