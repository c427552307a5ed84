"""The one door: what a save makes, what it refuses, and that nothing is half done."""

import hashlib
import hmac
import threading
from datetime import UTC, datetime

import pytest
import rfc8785
import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction, transaction_class, version_class
from webapp.errors import Conflict, Invalid, Missing, NotAllowed, TooLarge
from webapp.models import OPERATOR, Event, Post, Receipt, StoredText, User
from webapp.operations import posts, trash
from webapp.pure.kind import Kind

TWO_MIB = 2 * 1024 * 1024
FAMILY = "👨‍👩‍👧‍👦"

WHOLE = {"title": "A post", "body": "one", "tags": "", "note": ""}


def save(post: Post | None, *, by: User, seen: int | None = None, **changed: object) -> posts.Saved:
    """Save with these parts changed, having seen the latest revision unless said otherwise."""
    if post is not None and seen is None:
        seen = post.revision
    return posts.write(post, **(WHOLE | changed), seen=seen, by=by)


def counts() -> dict[str, int]:
    """How many rows each table has that a save writes to."""
    tables = (Post, version_class(Post), transaction_class(), StoredText, Event, Receipt)
    return {
        table.__table__.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables
    }


def revision_rows(post_id: int) -> list[sa.Row]:
    version = version_class(Post).__table__
    return list(db.session.execute(sa.select(version).where(version.c.id == post_id).order_by(version.c.revision)))


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


# ── A save sent twice ───────────────────────────────────────────────────────────────────────────


def test_a_save_sent_again_gets_the_first_answer(write, cast):
    post = write("one")
    first = save(post, by=cast.author, body="two", save_id="s")
    save(post, by=cast.author, body="three")

    again = save(post, by=cast.author, body="two", seen=0, save_id="s")

    assert again == posts.Saved(post.id, first.revision, made=False, sent_before=True)
    assert [version.body for version in post.versions] == ["one", "two", "three"]


def test_a_new_post_sent_again_makes_one(app, cast):
    first = save(None, by=cast.author, save_id="s")

    assert save(None, by=cast.author, save_id="s") == posts.Saved(first.post_id, 0, made=False, sent_before=True)
    assert counts()["post"] == 1


def test_the_receipt_names_the_revision_and_the_person(write, cast):
    post = write("one")
    save(post, by=cast.editor, body="two", save_id="s")

    receipts = db.session.scalars(sa.select(Receipt)).all()

    assert [(row.save_id, row.by_id, row.post_id, row.revision) for row in receipts] == [
        ("s", cast.editor.id, post.id, 1)
    ]


def test_a_save_id_that_comes_again_with_another_text_is_another_save(write, cast):
    post = write("one")
    save(post, by=cast.author, body="two", seen=0, save_id="s")

    with pytest.raises(Conflict):  # its answer was lost, and the person typed on
        save(post, by=cast.author, body="two and more", seen=0, save_id="s")
    answer = save(post, by=cast.author, body="two and more", seen=1, save_id="s")

    assert answer == posts.Saved(post.id, 2, made=True)


def test_a_save_id_that_comes_again_with_another_new_post_makes_that_post(app, cast):
    first = save(None, by=cast.author, save_id="s")

    second = save(None, by=cast.author, body="quite another text", save_id="s")

    assert (second.made, second.post_id) == (True, first.post_id + 1)


def test_a_save_id_that_comes_again_for_another_post_is_not_answered_with_the_first(write, cast):
    one, other = write("one"), write("one")
    save(one, by=cast.author, body="same", save_id="s")

    answer = save(other, by=cast.author, body="same", save_id="s")

    assert answer == posts.Saved(other.id, 1, made=True)


def test_somebody_elses_save_id_is_another_save(write, cast):
    post, secret = write("one"), write("two", by=cast.other)
    theirs = save(secret, by=cast.other, body="three", save_id="s")

    mine = save(post, by=cast.author, body="mine", save_id="s")

    assert (mine.post_id, mine.revision, mine.made) == (post.id, 1, True)
    assert theirs.post_id == secret.id


@pytest.mark.only("postgresql", "SQLite has one writer at a time from the first statement on")
def test_the_same_save_sent_twice_at_once_makes_one_revision(app, write, cast):
    post_id, author_id = write("one").id, cast.author.id
    answers = at_once(app, 2, lambda: save(Post.get(post_id), by=person(author_id), body="two", seen=0, save_id="s"))

    assert sorted(answers, key=lambda answer: answer.made) == [
        posts.Saved(post_id, 1, made=False, sent_before=True),
        posts.Saved(post_id, 1, made=True),
    ]


@pytest.mark.only("postgresql", "SQLite has one writer at a time from the first statement on")
def test_the_same_new_post_sent_twice_at_once_makes_one_post(app, cast):
    author_id = cast.author.id
    answers = at_once(app, 2, lambda: save(None, by=person(author_id), save_id="s"))

    assert sorted(answer.made for answer in answers) == [False, True]
    assert len({answer.post_id for answer in answers}) == 1
    assert counts()["post"] == 1


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


# ── The other session ───────────────────────────────────────────────────────────────────────────


def person(user_id: int) -> User:
    user = db.session.get(User, user_id)
    assert user is not None
    return user


def in_another_session(app, author_id: int, post_id: int, *, body: str) -> None:
    at_once(app, 1, lambda: save(Post.get(post_id), by=person(author_id), body=body))


def at_once(app, times: int, work) -> list:
    """Run `work` in that many threads, each with a session of its own, and return what they returned."""
    start, answers = threading.Barrier(times), []

    def run() -> None:
        with app.app_context():
            start.wait()
            answers.append(work())

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == times
    return answers
