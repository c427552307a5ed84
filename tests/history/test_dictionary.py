"""Finds the text again that a browser was given: of this post, as it is kept now."""

import pytest

from webapp.history import dictionary, head
from webapp.models import StoredText, stored_text
from webapp.operations import erase
from webapp.pure.delta import fingerprint


@pytest.fixture
def known(cast):
    """`known(post, text)`: whether the post has a text like that, as a browser that was given it names it."""

    def known(post, text):
        found = dictionary.of(head.of(post.id, by=cast.author), fingerprint(text.encode()))
        assert found in (None, text.encode())
        return found is not None

    return known


def test_any_text_of_the_post_is_found_by_its_hash(write, known):
    post = write("one", "two", "one", "three")

    assert [known(post, text) for text in ("one", "two", "three", "four", "")] == [True, True, True, False, False]


def test_a_text_of_another_post_is_not_found(write, known):
    post, other = write("one"), write("two")

    assert [known(post, "two"), known(other, "two")] == [False, True]


def test_it_is_found_by_one_query_while_it_is_remembered(write, known, statements):
    post = write("one", "two")
    known(post, "one")

    with statements() as said:
        known(post, "one")
    StoredText.forget()
    with statements() as said_anew:
        known(post, "one")

    assert (len(said), len(said_anew)) == (2, 3)  # the first of them is the post's head


def test_an_erased_text_is_not_found_although_a_process_may_remember_it(write, known, cast):
    post = write("one", "two", "three")
    known(post, "one")
    remembered = StoredText.unpack(post.id, 0)

    erase.revisions(post, {0}, reason="asked to", by=cast.admin)
    stored_text.recent.put(fingerprint(remembered), remembered)

    assert [known(post, text) for text in ("one", "two")] == [False, True]


def test_a_damaged_text_is_done_without(write, known, tamper):
    post = write("one", "two")

    tamper("UPDATE stored_text SET packed = :bytes WHERE seq = 0", bytes=b"not zstd")

    assert [known(post, text) for text in ("one", "two")] == [False, False]
