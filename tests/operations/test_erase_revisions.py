"""Taking out the texts of some revisions: their neighbours stay, and say nothing of them."""

import random

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.operations.canary import CANARY, canary_post, texts_of, traces
from webapp.database import db
from webapp.errors import Gone, Invalid, Missing
from webapp.history import preview, verify
from webapp.models import OPERATOR, Erasure, Label, Published, StoredText
from webapp.models.stored_text import recent
from webapp.operations import erase, labels, publication, restore
from webapp.pure import delta


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
