"""Packed texts: equal ones once, each read back by one query, damage noticed."""

import pytest
import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.models import StoredText
from webapp.pure import delta

LONG = [f"{number}\n" + "some words that stay\n" * 100 for number in range(40)]


def keep(*texts: str, post_id: int = 1) -> list[int]:
    with transaction():
        return [StoredText.keep(post_id, text.encode()) for text in texts]


def columns(*names: str) -> list[tuple[object, ...]]:
    query = sa.select(*(getattr(StoredText, name) for name in names)).order_by(StoredText.post_id, StoredText.seq)
    return [tuple(row) for row in db.session.execute(query)]


def test_a_text_comes_back_as_it_was(app):
    texts = ["", "a", "é漢👨‍👩‍👧‍👦", "\r\n\ufeff", *LONG]
    ids = keep(*texts)

    assert [StoredText.read(text_id) for text_id in ids] == texts


def test_a_row_says_what_it_holds(app):
    keep("é")

    assert columns("post_id", "seq", "base_seq", "size", "sha256") == [(1, 0, None, 2, delta.fingerprint("é".encode()))]


def test_an_equal_text_of_the_same_post_is_kept_once(app):
    first, second, third = keep("a", "b", "a")

    assert (first, len({first, second, third})) == (third, 2)
    assert keep("a", post_id=2) != [first]


def test_texts_lean_on_each_other_by_powers_of_16(app):
    keep(*LONG)

    assert columns("seq", "base_seq") == [(seq, delta.base_of(seq)) for seq in range(40)]


def test_a_long_history_takes_little_room(app):
    keep(*LONG)

    packed = [len(row[0]) for row in columns("packed")]
    assert max(packed[1:]) < 60


def test_any_text_takes_one_query(app, statements):
    keep(*LONG)

    for seq in (0, 1, 17, 39):
        with statements() as said:
            assert StoredText.unpack(1, seq).decode() == LONG[seq]
        assert len(said) == 1


def test_a_text_that_was_asked_for_before_takes_none(app, statements):
    keep(*LONG)
    StoredText.unpack(1, 39)

    with statements() as said:
        again = StoredText.unpack(1, 39, sha256=delta.fingerprint(LONG[39].encode()))

    assert (again.decode(), said) == (LONG[39], [])


def test_keeping_a_text_that_leans_on_the_last_one_takes_a_query_and_an_insert(app, statements):
    keep(*LONG[:20])

    with transaction(), statements() as said:
        StoredText.keep(1, b"another", latest=LONG[19].encode())

    assert [sql.split()[0] for sql in said] == ["SELECT", "INSERT"]


def test_a_text_leans_on_what_is_stored_and_not_on_what_is_said_to_be_the_latest(app):
    keep(*LONG[:20])

    with transaction():
        kept = StoredText.keep(1, b"another", latest=b"something else")

    assert StoredText.read(kept) == "another"


@pytest.mark.only("sqlite", "what is noticed is decided in Python")
@pytest.mark.parametrize(
    "change",
    [
        "packed = (SELECT packed FROM stored_text WHERE seq = 1)",
        "size = size - 1",
        "size = size + 1",
        "sha256 = packed",
        "base_seq = NULL",
        "base_seq = 2",
        "base_seq = 30",
    ],
)
def test_a_damaged_row_is_noticed(app, tamper, change):
    keep(*LONG[:5])
    tamper(f"UPDATE stored_text SET {change} WHERE seq = 2")

    with pytest.raises(delta.Damaged):
        StoredText.unpack(1, 2)


def test_a_missing_row_is_noticed(app, tamper):
    keep(*LONG[:5])
    tamper("DELETE FROM stored_text WHERE seq = 2")

    for seq in (2, 3, 4):
        with pytest.raises(delta.Damaged):
            StoredText.unpack(1, seq)
    assert StoredText.unpack(1, 1).decode() == LONG[1]
