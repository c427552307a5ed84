"""The one door, shut: what it refuses, to whom, and that nothing is half done."""

import pytest
import sqlalchemy as sa

from tests.operations.saving import WHOLE, at_once, counts, in_another_session, person, revision_rows, save
from webapp.database import db, transaction
from webapp.errors import Conflict, Invalid, Missing, NotAllowed, TooLarge
from webapp.models import OPERATOR, Event, Post
from webapp.operations import posts, trash

TWO_MIB = 2 * 1024 * 1024
FAMILY = "👨‍👩‍👧‍👦"


# ── Lost races ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seen", [0, 2, -1, 10**6])
def test_a_save_that_saw_another_revision_than_the_latest_is_refused(write, cast, seen):
    post = write("one", "two")
    before = counts()

    with pytest.raises(Conflict) as refused:
        save(post, by=cast.author, body="three", seen=seen)

    assert (refused.value.seen, refused.value.latest) == (seen, 1)
    assert counts() == before
    assert (post.revision, post.body) == (1, "two")


def test_a_save_of_a_post_that_saw_nothing_is_refused(write, cast):
    post = write("one")

    with pytest.raises(Conflict):
        posts.write(post, **(WHOLE | {"body": "two"}), seen=None, by=cast.author)

    assert counts()["post_version"] == 1


def test_a_save_that_was_overtaken_after_it_read_the_post_is_refused(app, write, cast):
    post = write("one")
    assert post.body == "one"
    in_another_session(app, cast.author.id, post.id, body="theirs")

    with pytest.raises(Conflict) as refused:
        posts.write(post, **(WHOLE | {"body": "mine"}), seen=0, by=cast.author)

    assert refused.value.latest == 1
    assert [version.body for version in post.versions] == ["one", "theirs"]


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize(
    ("who", "whose", "allowed"),
    [
        ("reader", "author", False),
        ("author", "author", True),
        ("author", "other", False),
        ("editor", "author", True),
        ("admin", "author", True),
    ],
)
def test_who_may_save_whose_post(write, cast, who, whose, allowed):
    post = write("one", by=getattr(cast, whose))
    before = counts()

    if allowed:
        assert save(post, by=getattr(cast, who), body="two").revision == 1
    else:
        with pytest.raises(NotAllowed):
            save(post, by=getattr(cast, who), body="two")
        assert counts() == before


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize(
    ("who", "allowed"), [("reader", False), ("author", True), ("other", True), ("editor", True), ("admin", True)]
)
def test_who_may_begin_a_post(cast, who, allowed):
    if allowed:
        assert save(None, by=getattr(cast, who)).made
    else:
        with pytest.raises(NotAllowed):
            save(None, by=getattr(cast, who))
        assert counts()["post"] == 0


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize("who", ["author", "editor", "admin"])
def test_somebody_shut_out_saves_nothing(write, cast, who):
    post, person = write("one"), getattr(cast, who)
    with transaction():
        person.active = False
    before = counts()

    with pytest.raises(NotAllowed):
        save(post, by=person, body="two")
    with pytest.raises(NotAllowed):
        save(None, by=person)

    assert counts() == before


def test_a_right_taken_away_meanwhile_is_asked_for_anew(app, write, cast):
    post, editor_id = write("one"), cast.editor.id
    assert cast.editor.role == "editor"  # loaded before it changes elsewhere

    def demote():
        with transaction():
            person(editor_id).role = "reader"

    at_once(app, 1, demote)

    with pytest.raises(NotAllowed):
        save(post, by=cast.editor, body="two")


def test_a_post_in_the_trash_is_not_saved(write, cast):
    post = write("one")
    trash.delete(post, by=cast.author)

    with pytest.raises(Missing):
        save(post, by=cast.author, body="two")

    assert [version.body for version in post.versions] == ["one"]


def test_the_operator_saves_on_behalf_of_somebody(cast):
    saved = posts.write(None, **WHOLE, seen=None, by=OPERATOR, editor=cast.reader)

    row = revision_rows(saved.post_id)[0]
    event = db.session.scalars(sa.select(Event)).one_or_none()
    assert row.editor_id == Post.get(saved.post_id).author_id == cast.reader.id
    assert event is None
    with pytest.raises(TypeError):
        posts.write(None, **WHOLE, seen=None, by=OPERATOR)


# ── What cannot be stored ───────────────────────────────────────────────────────────────────────


@pytest.mark.only("sqlite", "refused before the database is asked")
@pytest.mark.parametrize("field", ["title", "body", "tags", "note"])
@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b", "\udfff"])
def test_what_no_database_stores_is_refused_by_field(write, cast, field, bad):
    post = write("one")

    with pytest.raises(Invalid) as refused:
        save(post, by=cast.author, **{field: bad})

    assert list(refused.value.fields) == [field]
    assert counts()["post_version"] == 1


@pytest.mark.only("sqlite", "the limit is ours, and another test fills it on both")
@pytest.mark.parametrize("letter", ["a", "é", "漢", FAMILY], ids=["ascii", "two bytes", "three bytes", "family"])
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_text_has_at_most_two_mib_of_utf8(write, cast, letter, over):
    post = write("one")
    times, rest = divmod(TWO_MIB + over, len(letter.encode()))
    body = letter * times + "." * rest
    assert len(body.encode()) == TWO_MIB + over

    if over > 0:
        with pytest.raises(TooLarge) as refused:
            save(post, by=cast.author, body=body)
        assert list(refused.value.fields) == ["body"]
        assert counts()["post_version"] == 1
    else:
        save(post, by=cast.author, body=body)
        assert post.versions[1].body == post.body == body


def test_both_databases_hold_the_largest_text(write, cast):
    post = write("one")
    body = FAMILY * (TWO_MIB // len(FAMILY.encode()))

    save(post, by=cast.author, body=body)

    assert post.versions[1].body == post.body == body


# ── All or nothing ──────────────────────────────────────────────────────────────────────────────


def test_what_fails_around_a_save_takes_the_save_with_it(write, cast):
    post = write("one")
    before = counts()

    with pytest.raises(LookupError), transaction():
        save(post, by=cast.author, body="two")
        raise LookupError

    assert counts() == before
    assert (post.revision, post.body) == (0, "one")
    assert save(post, by=cast.author, body="two") == posts.Saved(post.id, 1, made=True)


@pytest.mark.filterwarnings("ignore:transaction already deassociated")
def test_two_saves_of_a_post_in_one_transaction_are_refused_by_the_database(write, cast):
    """Continuum would overwrite the first one's row: one row a transaction and object."""
    post = write("one")
    before = counts()

    with pytest.raises(sa.exc.DBAPIError), transaction():
        save(post, by=cast.author, body="two")
        save(post, by=cast.author, body="three", seen=1)

    assert counts() == before
