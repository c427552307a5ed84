"""Taking texts out for good: nothing of them stays, and everything else does."""

import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.database import db
from webapp.errors import Gone, Invalid, Missing, NotAllowed
from webapp.history import preview, verify
from webapp.models import OPERATOR, Erasure, Event, Label, Post, Published, StoredText
from webapp.models.stored_text import recent
from webapp.operations import erase, labels, posts, publication, restore, trash
from webapp.pure import delta

CANARY = "kanarienvogel"


def texts_of(post: Post) -> list[str | None]:
    """What each revision says, None where its text is gone."""
    return [None if row.text_id is None else row.body for row in post.versions]


def traces(word: str) -> list[str]:
    """The columns of the whole database in which `word` can be found, in letters or in bytes."""
    found = []
    with db.engine.connect() as connection:
        for table in db.metadata.tables.values():
            for row in connection.execute(sa.select(table)).mappings():
                found += [f"{table.name}.{name}" for name, value in row.items() if holds(value, word)]
    return found


def holds(value: object, word: str) -> bool:
    return word in value if isinstance(value, str) else isinstance(value, bytes) and word.encode() in value


# ── A whole post ────────────────────────────────────────────────────────────────────────────────


def canary_post(cast) -> Post:
    """A published post in the trash, with the canary in every place of every revision."""
    whole = {"title": f"{CANARY} title", "tags": f"{CANARY}tag, b", "note": f"{CANARY} note"}
    post = None
    for number in range(20):
        seen = None if post is None else post.revision
        saved = posts.write(post, body=f"{CANARY} {number}\n" * 50, seen=seen, by=cast.author, **whole)
        post = Post.get(saved.post_id)
    publication.publish(post, revision=3, by=cast.author)
    for revision, name in ((0, f"{CANARY} first name"), (0, f"{CANARY} name"), (19, f"{CANARY} last")):
        labels.name(post, revision, name=name, by=cast.author)
    trash.delete(post, by=cast.author)
    return post


def test_no_trace_of_a_post_deleted_for_good_is_left(app, write, cast):
    other = write("kept", "kept too")
    post = canary_post(cast)
    assert len(traces(CANARY)) > 60

    erase.post_for_good(post, reason="the author asked", by=cast.admin)

    assert traces(CANARY) == []
    assert verify.everything() == verify.Report(posts=2, revisions=22, first_bad=None)
    assert texts_of(post) == [None] * 20
    assert texts_of(other) == ["kept", "kept too"]


@pytest.mark.only("sqlite", "PostgreSQL's files are its own; it reuses the space when it vacuums")
def test_no_trace_is_left_in_the_file_either(app, write, cast):
    write("kept")
    post = canary_post(cast)
    erase.post_for_good(post, reason="the author asked", by=cast.admin)
    db.session.remove()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    file = Path(db.engine.url.database)
    kept = {path.name: path.read_bytes() for path in file.parent.glob("stet.sqlite3*")}

    assert {name: CANARY.encode() in content for name, content in kept.items()} == dict.fromkeys(kept, False)
    assert b"kept" in kept["stet.sqlite3"]


def test_people_numbers_and_times_stay(cast):
    post = canary_post(cast)
    names = ("revision", "kind", "editor_id", "saved_at", "words_added", "commitment", "digest")
    before = [[getattr(row, name) for name in names] for row in post.versions]

    erase.post_for_good(post, reason="the author asked", by=cast.admin)

    assert [[getattr(row, name) for name in names] for row in post.versions] == before
    assert (post.revision, post.digest) == (19, before[-1][-1])


def test_every_erased_revision_says_who_when_and_why(write, cast):
    post = write("one", "two")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="  the author\n asked ", by=cast.admin)

    rows = db.session.scalars(sa.select(Erasure).order_by(Erasure.revision)).all()
    assert [(row.post_id, row.revision, row.by_id, row.reason, row.retention) for row in rows] == [
        (post.id, 0, cast.admin.id, "the author asked", False),
        (post.id, 1, cast.admin.id, "the author asked", False),
    ]
    with pytest.raises(Gone) as gone:
        preview.at(post, 0)
    assert (gone.value.by, gone.value.reason, gone.value.at) == ("Ada Admin", "the author asked", rows[0].at)
    events = db.session.execute(sa.select(Event.verb, Event.by_id, Event.detail).order_by(Event.id.desc())).first()
    assert tuple(events) == ("erase post", cast.admin.id, "the author asked")


def test_only_what_is_in_the_trash_is_deleted_for_good(write, cast):
    post = write("one")

    with pytest.raises(Missing):
        erase.post_for_good(post, reason="why not", by=cast.admin)

    assert texts_of(post) == ["one"]


def test_a_post_is_deleted_for_good_once(write, cast):
    post = write("one")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="first", by=cast.admin)

    with pytest.raises(Missing):
        erase.post_for_good(post, reason="second", by=cast.admin)

    assert db.session.scalars(sa.select(Erasure.reason)).all() == ["first"]


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize("who", ["reader", "author", "other", "editor"])
def test_only_an_administrator_erases(write, cast, who):
    post = write("one", "two")
    with pytest.raises(NotAllowed):
        erase.revisions(post, [0], reason="why not", by=getattr(cast, who))
    trash.delete(post, by=cast.author)
    with pytest.raises(NotAllowed):
        erase.post_for_good(post, reason="why not", by=getattr(cast, who))

    assert texts_of(post) == ["one", "two"]


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nothing_is_erased_without_a_reason(write, cast, reason):
    post = write("one", "two")
    trash.delete(post, by=cast.author)

    for erasing in (
        lambda: erase.post_for_good(post, reason=reason, by=cast.admin),
        lambda: erase.revisions(post, [0], reason=reason, by=cast.admin),
    ):
        with pytest.raises(Invalid) as refused:
            erasing()
        assert list(refused.value.fields) == ["reason"]

    assert texts_of(post) == ["one", "two"]


def test_a_new_post_never_gets_the_number_of_one_deleted_for_good(write, cast):
    post = write("one", "two")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="asked for", by=cast.admin)

    new = write("three")

    assert new.id == post.id + 1
    assert texts_of(new) == ["three"]


# ── Some revisions ──────────────────────────────────────────────────────────────────────────────


def test_a_middle_revision_is_erased_and_its_neighbours_stay(write, cast):
    post = write("one", f"{CANARY}", "three")

    assert erase.revisions(post, [1], reason="a phone number", by=cast.admin) == 1

    assert texts_of(post) == ["one", None, "three"]
    assert traces(CANARY) == []
    assert verify.everything() == verify.Report(posts=1, revisions=3, first_bad=None)


def test_the_names_of_an_erased_revision_go_and_who_gave_them_stays(write, cast):
    post = write("one", "two", "three")
    labels.name(post, 0, name=f"{CANARY} one", by=cast.author)
    labels.name(post, 0, name=f"{CANARY} two", by=cast.editor)
    labels.name(post, 1, name="kept", by=cast.author)

    erase.revisions(post, [0], reason="a name was in it", by=cast.admin)

    rows = db.session.scalars(sa.select(Label).order_by(Label.id)).all()
    assert [(row.revision, row.name, row.named_by_id, row.removed_by_id) for row in rows] == [
        (0, "", cast.author.id, cast.editor.id),
        (0, "", cast.editor.id, cast.admin.id),
        (1, "kept", cast.author.id, None),
    ]
    assert traces(CANARY) == []


def test_the_next_revision_no_longer_quotes_what_was_erased_before_it(write, cast):
    post = write("One word stands here.", f"One {CANARY} stands here.", "One word stands here.", "One word stood here.")
    assert [row.summary for row in post.versions][2:] == [
        f"“{CANARY}” became “word”",
        "“stands” became “stood”",
    ]

    erase.revisions(post, [1], reason="a phone number", by=cast.admin)

    assert [row.summary for row in post.versions] == [None, None, None, "“stands” became “stood”"]
    assert traces(CANARY) == []
    assert verify.everything().ok


def test_the_latest_revision_no_longer_quotes_it_either(write, cast):
    post = write("One word stands here.", f"One {CANARY} stands here.", "One word stands here.")

    erase.revisions(post, [1], reason="a phone number", by=cast.admin)

    assert traces(CANARY) == []
    assert len(post.versions) == 3


def test_texts_that_lean_on_an_erased_one_are_packed_anew(write, cast):
    post = write(*(f"{CANARY if number < 17 else ''}\n" + "words and more words\n" * number for number in range(40)))
    before = texts_of(post)
    leaning = sa.select(StoredText.base_seq).where(StoredText.seq.in_([17, 32]))
    assert db.session.scalars(leaning).all() == [16, 16]

    assert erase.revisions(post, range(17), reason="asked for", by=cast.admin) == 17

    assert texts_of(post) == [None] * 17 + before[17:]
    assert db.session.scalars(leaning).all() == [None, None]
    assert verify.everything().ok


def test_a_save_finds_another_base_when_its_own_was_erased(write, cast):
    """Text 16 leans on text 0 and text 32 on text 16: none of them may be missing for ever."""
    post = write(*(f"{number}\n" + "words and more words\n" * 20 for number in range(15)))
    erase.revisions(post, [0], reason="asked for", by=cast.admin)
    write(*(f"{number}\n" + "words and more words\n" * 20 for number in range(15, 31)), post=post)
    erase.revisions(post, [16], reason="asked for", by=cast.admin)
    write(*(f"{number}\n" + "words and more words\n" * 20 for number in range(31, 50)), post=post)

    assert texts_of(post) == [
        None if number in (0, 16) else f"{number}\n" + "words and more words\n" * 20 for number in range(50)
    ]
    assert verify.everything().ok


def test_a_text_that_another_revision_still_has_is_kept(write, cast):
    post = write("one", "two", "one", "three")

    assert erase.revisions(post, [0, 1], reason="asked for", by=cast.admin) == 2

    assert texts_of(post) == [None, None, "one", "three"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredText)) == 2


def test_what_is_erased_already_is_not_counted_again(write, cast):
    post = write("one", "two", "three")
    erase.revisions(post, [0], reason="first", by=cast.admin)

    assert erase.revisions(post, [0, 1], reason="second", by=cast.admin) == 1

    assert db.session.scalars(sa.select(Erasure.reason).order_by(Erasure.revision)).all() == ["first", "second"]


def test_the_operator_erases_and_the_witness_says_so(write, cast):
    post = write("one", "two")

    erase.revisions(post, [0], reason="policy", by=OPERATOR, retention=True)

    with pytest.raises(Gone) as gone:
        preview.at(post, 0)
    assert gone.value.by == "the operator"
    assert db.session.scalars(sa.select(Erasure.retention)).all() == [True]


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("numbers", [[2], [0, 2], [1], [0, 1]])
def test_the_latest_and_the_published_revision_are_refused(write, cast, numbers):
    post = write("one", "two", "three")
    publication.publish(post, revision=1, by=cast.author)

    with pytest.raises(Invalid) as refused:
        erase.revisions(post, numbers, reason="asked for", by=cast.admin)

    assert list(refused.value.fields) == ["revision"]
    assert texts_of(post) == ["one", "two", "three"]
    assert db.session.get(Published, post.id).body == "two"


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("numbers", [[3], [0, 3], [-1]])
def test_numbers_that_the_post_does_not_have_are_refused(write, cast, numbers):
    post = write("one", "two", "three")

    with pytest.raises(Missing):
        erase.revisions(post, numbers, reason="asked for", by=cast.admin)

    assert texts_of(post) == ["one", "two", "three"]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(seed=st.integers(), before=st.integers(2, 36), after=st.integers(0, 18))
def test_whatever_is_erased_all_kept_texts_read_back_and_the_chain_holds(write, cast, seed, before, after):
    rng = random.Random(seed)
    lines = [f"line {number} of a text that is edited" for number in range(30)]
    said: list[str | None] = []
    post = None

    def go_on(times: int) -> None:
        nonlocal post
        for _ in range(times):
            old = rng.randrange(len(said)) if said and rng.random() < 0.2 else None
            if old is not None and said[old] not in (None, said[-1]):
                restore.revision(post, old, seen=post.revision, by=cast.author)
            else:
                lines[rng.randrange(30)] = f"edit {len(said)}"
                post = write("\n".join(lines), post=post)
            said.append(post.body)

    go_on(before)
    erased = {number for number in range(before - 1) if rng.random() < 0.4}
    erase.revisions(post, erased, reason="asked for", by=cast.admin)
    for number in erased:
        said[number] = None
    go_on(after)

    assert texts_of(post) == said
    assert verify.everything().first_bad is None


def test_a_process_forgets_the_texts_that_it_erases(app, cast):
    post = canary_post(cast)
    preview.at(post, 0)
    first = delta.fingerprint(f"{CANARY} 0\n".encode() * 50)
    assert recent.get(first) is not None

    erase.post_for_good(post, reason="the author asked", by=cast.admin)

    assert recent.get(first) is None
