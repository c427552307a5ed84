"""Drafts end: saved, discarded, erased; and what was typed on meanwhile does not."""

import pytest
import sqlalchemy as sa

from tests.operations.drafting import WHOLE, autosave, bodies, count, found, save
from webapp.database import db, version_class
from webapp.errors import Invalid
from webapp.history import drafts as reading
from webapp.models import Draft, DraftText, Event, Post
from webapp.operations import drafts, erase, merging, posts, trash


@pytest.fixture
def post(write) -> Post:
    return write("one")


def test_a_save_ends_the_draft_of_its_form_and_no_other(post, cast):
    autosave(post, cast.author, "one a")
    autosave(post, cast.author, "one elsewhere", form="elsewhere")

    saved = save(post, cast.author, "one a")

    assert found(post, cast.author) == [("one elsewhere", None), ("one a", "saved")]
    assert reading.card(1, by=cast.author).ended_revision == saved.revision == 1
    assert bodies(1, cast.author) == ["one a"]


def test_a_save_of_a_form_that_was_filled_with_a_draft_ends_it(post, cast):
    autosave(post, cast.author, "one a")

    save(post, cast.author, "one a", form="another", draft=1, state=0)

    assert found(post, cast.author) == [("one a", "saved")]


def test_a_draft_that_another_form_went_on_with_stays_open_when_an_older_state_is_saved(post, cast):
    autosave(post, cast.author, "one a")
    autosave(post, cast.author, "one abc", form="here", draft=1, state=0)

    save(post, cast.author, "one a", form="there", draft=1, state=0)

    assert found(post, cast.author) == [("one abc", None)]


def test_an_autosave_that_arrives_after_the_save_begins_no_draft(post, cast):
    autosave(post, cast.author, "one a", turn=1)
    save(post, cast.author, "one ab", turn=3)

    answers = [autosave(post, cast.author, "one ab", turn=2, seen=0)]
    answers.append(autosave(post, cast.author, "one ab", turn=4, seen=0))

    assert [(answer.late, answer.draft_id) for answer in answers] == [(True, 1), (False, None)]
    assert found(post, cast.author) == [("one a", "saved")]


def test_what_was_typed_on_after_a_save_whose_answer_was_lost_is_kept(post, cast):
    save(post, cast.author, "one a", turn=1)

    autosave(post, cast.author, "one abc", turn=2, seen=0)

    assert found(post, cast.author) == [("one abc", None)]


@pytest.mark.parametrize("typed", [{"title": "Another title"}, {"tags": "b"}, {"note": "why"}])
def test_a_title_that_was_typed_on_after_a_save_whose_answer_was_lost_is_kept_too(post, cast, typed):
    save(post, cast.author, "one a", turn=1)

    autosave(post, cast.author, "one a", turn=2, seen=0, **typed)

    state = reading.at(1, by=cast.author)
    assert {name: getattr(state, name) for name in typed} == typed


def test_an_autosave_that_arrives_after_its_merged_save_begins_no_draft(post, cast):
    save(post, cast.editor, "two\n\none", form="hers")
    mine = {"title": "Mine", "tags": "", "note": ""}
    merging.save(Post.get(post.id), **mine, body="one", seen=0, by=cast.author, save_id="form")

    autosave(post, cast.author, "one", seen=0, title="Mine")

    assert found(post, cast.author) == []


def test_what_was_typed_after_a_save_and_arrives_before_it_stays_open(post, cast):
    autosave(post, cast.author, "one a", turn=1)
    autosave(post, cast.author, "one abc", turn=3)

    save(post, cast.author, "one ab", turn=2)

    assert found(post, cast.author) == [("one abc", None)]


def test_a_save_sent_again_leaves_a_draft_open_that_was_begun_since(post, cast):
    save(post, cast.author, "one a", turn=1)
    autosave(post, cast.author, "one ab", turn=2, seen=0)

    save(post, cast.author, "one a", turn=1)

    assert found(post, cast.author) == [("one ab", None)]


def test_a_form_that_took_over_a_draft_counts_for_itself(post, cast):
    autosave(post, cast.author, "one a", turn=7)
    save(post, cast.author, "one ab", form="another", turn=1, draft=1, state=0)

    autosave(post, cast.author, "one abc", form="another", turn=2, seen=0)

    assert found(post, cast.author) == [("one abc", None), ("one a", "saved")]


def test_a_refused_save_leaves_the_draft_open(post, cast):
    autosave(post, cast.author, "one a")

    with pytest.raises(Invalid):
        save(post, cast.author, "\0")

    assert found(post, cast.author) == [("one a", None)]


def test_a_draft_of_a_new_post_ends_when_the_post_is_there(app, cast):
    autosave(None, cast.author, "words")

    saved = save(None, cast.author, "words")

    assert found(None, cast.author) == []
    assert found(Post.get(saved.post_id), cast.author) == [("words", "saved")]


def test_a_discarded_draft_comes_back(post, cast):
    autosave(post, cast.author, "one a")

    drafts.discard(1, by=cast.author)
    assert found(post, cast.author) == [("one a", "discarded")]
    drafts.take_back(1, by=cast.author)

    assert found(post, cast.author) == [("one a", None)]
    told = sa.select(Event.verb).where(Event.verb.contains("draft")).order_by(Event.id)
    assert db.session.scalars(told).all() == ["discard draft", "take draft back"]


def test_a_saved_draft_is_not_taken_back(post, cast):
    autosave(post, cast.author, "one a")
    save(post, cast.author, "one a")

    drafts.take_back(1, by=cast.author)

    assert found(post, cast.author) == [("one a", "saved")]


# ── Erasure ─────────────────────────────────────────────────────────────────────────────────────


def test_erasing_a_post_erases_its_drafts(post, cast):
    autosave(post, cast.author, "one a")
    autosave(post, cast.editor, "one b")
    trash.delete(post, by=cast.author)

    erase.post_for_good(post, reason="asked to", by=cast.admin)

    assert count(Draft, version_class(Draft), DraftText) == [0, 0, 0]


def test_erasing_a_revision_erases_what_was_typed_before_it(post, cast):
    autosave(post, cast.author, "one secret", turn=1)
    save(post, cast.author, "one secret")
    post = Post.get(post.id)
    autosave(post, cast.author, "one secret a", form="next", turn=1)
    autosave(post, cast.author, "one b", form="next", turn=2)
    posts.write(post, **(WHOLE | {"body": "one c"}), seen=1, by=cast.author)

    erase.revisions(post, [1], reason="asked to", by=cast.admin)

    assert found(post, cast.author) == [("one b", None)]
    assert b"".join(db.session.scalars(sa.select(DraftText.packed))).count(b"secret") == 0
    autosave(post, cast.author, "one bc", form="next", turn=3, seen=1)
    assert found(post, cast.author) == [("one bc", None)]


def test_a_draft_stands_on_its_own_when_the_text_that_it_leans_on_is_thinned_out(write, cast):
    long = "some words that stay\n" * 50
    post = write(long, f"{long}two", "three")
    autosave(post, cast.author, f"{long}four", source=1)
    autosave(post, cast.author, f"{long}five", source=1, turn=2)

    erase.revisions(post, [1], reason="a policy", by=cast.admin, retention=True)

    assert bodies(1, cast.author) == [f"{long}four", f"{long}five"]
    assert db.session.scalars(sa.select(DraftText.root_id)).all() == [None, None]
