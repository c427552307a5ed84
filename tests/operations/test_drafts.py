"""Drafts: every state stays, equal ones are kept once, nobody else sees them, and no tab overwrites another's text."""

import pytest
import sqlalchemy as sa

from tests.operations.drafting import autosave, bodies, count, found
from webapp.database import db, transaction_class, version_class
from webapp.errors import Invalid, Missing, TooLarge
from webapp.history import drafts as reading
from webapp.models import Draft, DraftText, Event, Post, StoredText
from webapp.operations import drafts, people, trash
from webapp.pure import delta
from webapp.pure.roles import Role


@pytest.fixture
def post(write) -> Post:
    return write("one")


# ── States ──────────────────────────────────────────────────────────────────────────────────────


def test_every_state_of_a_draft_stays_reachable(post, cast):
    kept = [autosave(post, cast.author, text, turn=turn) for turn, text in enumerate(["one a", "one ab", "one a"], 1)]

    assert [(each.draft_id, each.state, each.made) for each in kept] == [(1, 0, True), (1, 1, True), (1, 2, True)]
    assert bodies(1, cast.author) == ["one a", "one ab", "one a"]
    assert count(DraftText) == [2]


def test_the_answer_has_the_hash_of_what_is_stored(post, cast):
    kept = autosave(post, cast.author, "one\r\ntwo")

    assert kept.sha256 == delta.fingerprint(b"A post\n\n\none\ntwo")
    assert reading.at(1, by=cast.author).body == "one\ntwo"


def test_what_was_typed_is_kept_as_it_was_typed(post, cast):
    autosave(post, cast.author, " words\t\n", title="", tags=" b,, a ,b", note="  why ", caret=3)

    state = reading.at(1, by=cast.author)
    assert (state.title, state.body, state.tags, state.note, state.caret) == (
        "",
        " words\t\n",
        " b,, a ,b",
        "  why ",
        3,
    )


def test_an_equal_state_is_kept_once(post, cast):
    autosave(post, cast.author, "one a")

    again = autosave(post, cast.author, "one a", turn=2, caret=2)

    assert (again.draft_id, again.state, again.made) == (1, 0, False)
    assert reading.at(1, by=cast.author).caret == 2


def test_an_autosave_changes_nothing_of_the_post(post, cast):
    before = count(Post, version_class(Post), StoredText, Event)

    autosave(post, cast.author, "one a")

    assert count(Post, version_class(Post), StoredText, Event) == before
    assert count(Draft, version_class(Draft)) == [1, 1]


def test_states_take_little_room(write, cast):
    long = "some words that stay\n" * 2000
    post = write(long)

    for turn in range(1, 41):
        autosave(post, cast.author, long + "x" * turn, turn=turn)

    packed = db.session.scalars(sa.select(sa.func.length(DraftText.packed))).all()
    assert (len(packed), max(packed) < 80) == (40, True)


def test_ending_a_draft_makes_no_state(post, cast):
    autosave(post, cast.author, "one a")
    before = count(version_class(Draft), transaction_class())

    drafts.discard(1, by=cast.author)
    drafts.take_back(1, by=cast.author)

    assert count(version_class(Draft), transaction_class()) == before


def test_a_text_that_is_what_the_form_was_filled_with_begins_no_draft(post, cast):
    kept = autosave(post, cast.author, "one")

    assert (kept.draft_id, kept.sha256) == (None, delta.fingerprint(b"A post\n\n\none"))
    assert found(post, cast.author) == []


def test_typing_all_changes_away_ends_the_draft_and_typing_on_takes_it_up(post, cast):
    autosave(post, cast.author, "one a")

    autosave(post, cast.author, "one", turn=2)
    assert found(post, cast.author) == [("one", "unchanged")]
    autosave(post, cast.author, "one b", turn=3)

    assert found(post, cast.author) == [("one b", None)]
    assert bodies(1, cast.author) == ["one a", "one", "one b"]


@pytest.mark.parametrize("hostile", ["a\0b", "\ud800"])
def test_what_no_database_can_hold_is_refused(post, cast, hostile):
    with pytest.raises(Invalid):
        autosave(post, cast.author, hostile)


def test_a_text_over_the_limit_is_refused(app, post, cast):
    app.config["MAX_BODY_BYTES"] = 3

    with pytest.raises(TooLarge):
        autosave(post, cast.author, "four")


# ── Forms and tabs ──────────────────────────────────────────────────────────────────────────────


def test_two_tabs_write_two_drafts(post, cast):
    autosave(post, cast.author, "one in this tab", form="this")
    autosave(post, cast.author, "one in that tab", form="that")
    autosave(post, cast.author, "one in this tab still", form="this", turn=2)

    assert found(post, cast.author) == [("one in this tab still", None), ("one in that tab", None)]


def test_a_form_that_was_filled_with_a_draft_goes_on_with_it(post, cast):
    autosave(post, cast.author, "one a")

    kept = autosave(post, cast.author, "one ab", form="another", draft=1, state=0)

    assert (kept.draft_id, kept.state) == (1, 1)


def test_two_forms_filled_with_one_draft_do_not_overwrite_each_other(post, cast):
    autosave(post, cast.author, "one a")
    autosave(post, cast.author, "one a here", form="here", draft=1, state=0)

    there = autosave(post, cast.author, "one a there", form="there", draft=1, state=0)
    here = autosave(post, cast.author, "one a here too", form="here", draft=1, state=0, turn=2)

    assert (there.draft_id, here.draft_id) == (2, 1)
    assert found(post, cast.author) == [("one a here too", None), ("one a there", None)]


def test_an_autosave_that_arrives_late_says_nothing_new(post, cast):
    autosave(post, cast.author, "one ab", turn=2)

    late = autosave(post, cast.author, "one a", turn=1)

    assert (late.late, late.sha256) == (True, delta.fingerprint(b"A post\n\n\none ab"))
    assert bodies(1, cast.author) == ["one ab"]


def test_the_same_autosave_twice_is_one_state(post, cast):
    autosave(post, cast.author, "one a")
    autosave(post, cast.author, "one a")

    assert bodies(1, cast.author) == ["one a"]


# ── Whose they are ──────────────────────────────────────────────────────────────────────────────


def test_nobody_sees_or_ends_somebody_elses_draft(post, cast):
    autosave(post, cast.author, "one a")

    for by in (cast.admin, cast.editor, cast.other, cast.reader):
        for attempt in (reading.card, reading.at, drafts.discard, drafts.take_back):
            with pytest.raises(Missing):
                attempt(1, by=by)
        assert found(post, by) == []
    assert found(post, cast.author) == [("one a", None)]


def test_somebody_elses_draft_is_not_gone_on_with(post, cast):
    autosave(post, cast.author, "one a")

    autosave(post, cast.editor, "one b", draft=1, state=0)

    assert found(post, cast.editor) == [("one b", None)]
    assert found(post, cast.author) == [("one a", None)]


def test_who_may_not_edit_keeps_nothing(post, cast):
    for by in (cast.other, cast.reader):
        with pytest.raises(Missing):
            autosave(post, by, "one a")
    with pytest.raises(Missing):
        autosave(None, cast.reader, "words")


def test_whoever_loses_the_right_while_typing_keeps_their_text(post, cast):
    autosave(post, cast.editor, "one a")
    people.change(cast.editor, role=Role.READER, by=cast.admin)

    autosave(post, cast.editor, "one ab", turn=2)

    assert found(post, cast.editor) == [("one ab", None)]
    assert not reading.card(1, by=cast.editor).may_edit


def test_a_text_typed_while_the_post_goes_to_the_trash_is_kept(post, cast):
    trash.delete(post, by=cast.editor)

    autosave(post, cast.author, "one a")

    assert found(post, cast.author) == [("one a", None)]
