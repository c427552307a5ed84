"""The one door: what a save makes."""

import hashlib
import hmac
from datetime import UTC, datetime

import pytest
import rfc8785
import sqlalchemy as sa

from tests.operations.saving import WHOLE, counts, in_another_session, revision_rows, save
from webapp import clock
from webapp.database import db, transaction_class
from webapp.models import Event, Post
from webapp.operations import posts
from webapp.pure.kind import Kind

# ── What a save makes ───────────────────────────────────────────────────────────────────────────


def test_saves_are_numbered_from_0_without_gaps(write, cast):
    post = write("one")

    answers = [save(post, by=cast.author, body=body) for body in ("two", "three", "four")]

    assert answers == [posts.Saved(post.id, number, made=True) for number in (1, 2, 3)]
    assert [row.revision for row in revision_rows(post.id)] == [0, 1, 2, 3]
    assert [version.body for version in post.versions] == ["one", "two", "three", "four"]


def test_a_save_writes_one_row_of_each_kind(write, cast):
    post = write("one")
    before = counts()

    save(post, by=cast.author, body="two", save_id="s")

    assert {table: number - before[table] for table, number in counts().items()} == {
        "post": 0,
        "post_version": 1,
        "transaction": 1,
        "stored_text": 1,
        "event": 1,
        "receipt": 1,
    }


def summaries(post_id):
    return [row.summary for row in revision_rows(post_id)]


def test_what_changed_is_kept_in_words_where_the_editor_gave_none(app, cast):
    saved = save(None, by=cast.author, title="First", body="We may sail.")
    post = Post.get(saved.post_id)
    for changed in (
        {"body": "We must sail."},
        {"title": "Second", "note": "Said otherwise"},
        {"tags": "a"},
        {"body": "We must  sail."},
    ):
        whole = {"title": post.title, "body": post.body, "tags": post.tags, "note": ""} | changed
        posts.write(post, **whole, seen=post.revision, by=cast.author)

    assert summaries(post.id) == [
        None,
        "“may” became “must”",
        None,
        "Tag “a” added",
        "Only white space changed",
    ]


def test_every_part_of_a_save_is_in_its_revision(app, cast):
    at = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
    first = save(None, by=cast.author, title="First", body="one two", tags="b, a", note="begun")
    post = Post.get(first.post_id)

    posts.write(
        post,
        title="Second",
        body="one three four",
        tags="c",
        note="more",
        seen=0,
        by=cast.editor,
        kind=Kind.RESTORED,
        source_revision=0,
        at=at,
    )

    row = revision_rows(post.id)[1]._asdict()
    del row["text_id"], row["salt"], row["commitment"], row["digest"], row["transaction_id"]
    assert row == {
        "id": post.id,
        "revision": 1,
        "title": "Second",
        "tags": "c",
        "note": "more",
        "summary": None,
        "kind": "restored",
        "source_revision": 0,
        "words_added": 2,
        "words_removed": 1,
        "editor_id": cast.editor.id,
        "saved_at": at,
        "operation_type": 1,
    }
    assert post.author_id == cast.author.id


def test_the_first_revision_counts_all_its_words_as_added(write):
    row = revision_rows(write("one two three").id)[0]

    assert (row.words_added, row.words_removed) == (3, 0)


def test_words_are_counted_against_the_revision_before_even_when_the_caller_read_an_older_one(app, write, cast):
    post = write("one two three")
    assert post.body == "one two three"  # loaded, and not read anew by the other desk's save
    in_another_session(app, cast.author.id, post.id, body="one two three four five")

    posts.write(post, **(WHOLE | {"body": "one two three four five six"}), seen=1, by=cast.author)

    row = revision_rows(post.id)[2]
    assert (row.words_added, row.words_removed) == (1, 0)


def test_the_moment_is_now_unless_it_is_given(write):
    before = clock.now()
    saved_at = revision_rows(write("one").id)[0].saved_at

    assert before <= saved_at <= clock.now()
    assert saved_at.tzinfo is UTC


def test_the_transaction_row_says_who_and_when(write, cast):
    before = clock.now()
    post = write("one", "two", by=cast.editor)

    transactions = db.session.scalars(sa.select(transaction_class()).order_by(transaction_class().id)).all()

    assert [row.id for row in transactions] == [row.transaction_id for row in revision_rows(post.id)]
    assert [row.user_id for row in transactions] == [cast.editor.id] * 2
    assert all(before <= row.issued_at <= clock.now() for row in transactions)


def test_the_audit_line_says_who_saved_what(write, cast):
    post = write("one", "two", by=cast.editor)

    events = db.session.scalars(sa.select(Event).where(Event.post_id == post.id).order_by(Event.id)).all()

    assert [(line.verb, line.by_id, line.revision, line.detail) for line in events] == [
        ("save", cast.editor.id, 0, None),
        ("save", cast.editor.id, 1, None),
    ]


def test_the_chain_can_be_recomputed_by_hand(app, cast):
    saved = save(None, by=cast.author, title='Say "hé"\\', body="one\n\ttwo 漢\x01", tags="a, b", note="n")
    save(Post.get(saved.post_id), by=cast.editor, title="T", body="", tags="", note="")

    previous = bytes(32)
    contents = [
        {"title": 'Say "hé"\\', "tags": "a, b", "note": "n", "body": "one\n\ttwo 漢\x01"},
        {"title": "T", "tags": "", "note": "", "body": ""},
    ]
    people = [cast.author.public_id, cast.editor.public_id]
    for row, content, by in zip(revision_rows(saved.post_id), contents, people, strict=True):
        assert len(row.salt) == 32
        assert row.commitment == hmac.new(row.salt, rfc8785.dumps(content), "sha256").digest()
        facts = {
            "v": 1,
            "post": saved.post_id,
            "revision": row.revision,
            "at": row.saved_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "by": by,
            "kind": "written",
            "commitment": row.commitment.hex(),
            "previous": previous.hex(),
        }
        assert row.digest == hashlib.sha256(rfc8785.dumps(facts)).digest()
        previous = row.digest


def test_every_revision_has_a_salt_of_its_own(write):
    rows = revision_rows(write("one", "two", "one").id)

    assert len({row.salt for row in rows}) == 3


def test_equal_texts_are_stored_once(write):
    rows = revision_rows(write("one", "two", "one").id)

    assert rows[0].text_id == rows[2].text_id
    assert counts()["stored_text"] == 2


def test_equal_texts_of_two_posts_are_stored_twice_so_that_erasing_one_leaves_the_other(write):
    write("one")
    write("one")

    assert counts()["stored_text"] == 2


def test_the_live_post_equals_its_latest_revision(write, cast):
    post = write("one", "two", title="T", tags="x")
    row = revision_rows(post.id)[-1]._asdict()
    live = db.session.execute(sa.select(Post.__table__).where(Post.__table__.c.id == post.id)).one()._asdict()

    assert {name: live[name] for name in row.keys() & live.keys()} == {
        name: value for name, value in row.items() if name not in ("transaction_id", "operation_type")
    }
    assert live["body"] == "two"


def test_a_save_sends_eleven_statements_however_long_the_history(app, write, cast, statements):
    post, author = write("one", "two"), cast.author
    posts_read, author_read = post.revision, author.name
    assert (posts_read, author_read) == (1, "Ana Ruiz")

    with statements() as said:
        posts.write(post, **(WHOLE | {"body": "three"}), seen=1, by=author, save_id="s")

    assert [sql.split()[0] for sql in said] == ["SELECT"] * 5 + ["INSERT", "INSERT", "UPDATE"] + ["INSERT"] * 3
    assert "FOR UPDATE" in said[1] or app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")


# ── What is put right ───────────────────────────────────────────────────────────────────────────


def test_line_ends_become_lf(write):
    post = write("a\r\nb\rc\nd\r\n")

    assert (post.body, post.versions[0].body) == ("a\nb\nc\nd\n",) * 2


def test_unicode_stays_as_it_was_typed(write):
    decomposed, composed = "e\u0301\u200d\ufeff", "é"

    post = write(decomposed, composed)

    assert [version.body for version in post.versions] == [decomposed, composed]


def test_tags_become_one_list(write):
    assert write("one", tags=" b ,a,, B,  two   words ").tags == "b, a, two words"


# ── Nothing changed ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"note": "only a note"},
        {"body": "one\r\n"},
        {"title": "  A   post "},
        {"tags": " a ,b,A"},
    ],
    ids=["nothing", "note", "line ends", "spaces of the title", "spelling of the tags"],
)
def test_a_save_that_changes_nothing_makes_no_revision(write, cast, changed):
    post = write("one\n", tags="a, b")
    before = counts()

    answer = save(post, by=cast.author, **({"body": "one\n", "tags": "a, b"} | changed))

    assert answer == posts.Saved(post.id, 0, made=False)
    assert counts() == before


@pytest.mark.parametrize("changed", [{"title": "B"}, {"tags": "b"}, {"tags": "B, a"}, {"body": "one "}])
def test_a_save_that_changes_one_part_makes_a_revision(write, cast, changed):
    post = write("one", tags="a, b")

    assert save(post, by=cast.author, **({"tags": "a, b"} | changed)) == posts.Saved(post.id, 1, made=True)
