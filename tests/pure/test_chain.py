"""Every fact of a revision is in its digest, and a digest can be recomputed by anyone who reads RFC 8785."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.pure import chain

SALT = bytes(range(32))
CONTENT = {"title": "On stones", "tags": "geology, slow", "note": "first draft", "body": "They wait."}
FACTS = {
    "post": 7,
    "revision": 3,
    "at": datetime(2026, 11, 23, 14, 2, 0, 120, tzinfo=UTC),
    "by": "Zk3rQ9",
    "kind": "restored",
    "source": 1,
    "commitment": bytes([1]) * 32,
    "previous": bytes([2]) * 32,
}

texts = st.text() | st.text(alphabet='\\"\n\r\t\b\f\x00\x01\x1f\x7fa\u2028é😀')


@given(texts, texts, texts, texts)
@example('"', "\\", '\\"', "\\\\n")
@example("".join(map(chr, range(0x20))), "\x7f\x80\x9f", "\u2028\u2029\ufeff", "\U0010ffff")
def test_a_commitment_is_the_hmac_of_the_canonical_json(title, tags, note, body):
    canonical = rfc8785.dumps({"title": title, "tags": tags, "note": note, "body": body})

    commitment = chain.commitment(SALT, title=title, tags=tags, note=note, body=body)

    assert commitment == hmac.digest(SALT, canonical, "sha256")


def test_a_commitment_never_changes_over_the_years():
    kept = "664d0d62f8f07da2b02a49aa77a213be70229a19bef8df2adf669f450fed545b"

    assert chain.commitment(SALT, **CONTENT).hex() == kept


@pytest.mark.parametrize("field", CONTENT)
def test_a_commitment_changes_with_every_field(field):
    changed = CONTENT | {field: CONTENT[field] + "."}

    assert chain.commitment(SALT, **changed) != chain.commitment(SALT, **CONTENT)


def test_words_moved_from_one_field_to_the_next_change_the_commitment():
    one = chain.commitment(SALT, title="ab", tags="", note="", body="")
    other = chain.commitment(SALT, title="a", tags="b", note="", body="")

    assert one != other


def test_the_same_content_under_another_salt_has_another_commitment():
    assert chain.commitment(chain.new_salt(), **CONTENT) != chain.commitment(SALT, **CONTENT)


def test_salts_are_32_bytes_and_never_the_same():
    salts = {chain.new_salt() for _ in range(100)}

    assert {len(salt) for salt in salts} == {32}
    assert len(salts) == 100


@pytest.mark.parametrize("field", CONTENT)
def test_a_lone_surrogate_is_refused(field):
    with pytest.raises(ValueError, match="surrogates"):
        chain.commitment(SALT, **CONTENT | {field: "\ud800"})


def test_a_digest_is_the_sha_256_of_sorted_compact_json():
    written = (
        '{"at":"2026-11-23T14:02:00.000120Z","by":"Zk3rQ9","commitment":"' + "01" * 32 + '","kind":"restored",'
        '"post":7,"previous":"' + "02" * 32 + '","revision":3,"source":1,"v":1}'
    )

    assert chain.digest(**FACTS) == hashlib.sha256(written.encode()).digest()


def test_a_revision_without_a_source_leaves_it_out():
    written = {
        "at": "2026-11-23T14:02:00.000120Z",
        "by": "Zk3rQ9",
        "commitment": "01" * 32,
        "kind": "restored",
        "post": 7,
        "previous": "00" * 32,
        "revision": 3,
        "v": 1,
    }
    canonical = json.dumps(written, separators=(",", ":")).encode()

    digest = chain.digest(**FACTS | {"source": None, "previous": chain.GENESIS})

    assert digest == hashlib.sha256(canonical).digest()


def test_to_come_from_revision_0_is_not_to_come_from_nowhere():
    assert chain.digest(**FACTS | {"source": 0}) != chain.digest(**FACTS | {"source": None})


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("post", 8),
        ("revision", 4),
        ("at", FACTS["at"] + timedelta(microseconds=1)),
        ("by", "Zk3rQ8"),
        ("kind", "written"),
        ("source", 0),
        ("source", None),
        ("commitment", bytes([3]) * 32),
        ("previous", bytes([3]) * 32),
    ],
)
def test_a_digest_changes_with_every_fact(fact, value):
    assert chain.digest(**FACTS | {fact: value}) != chain.digest(**FACTS)


def test_the_same_moment_in_another_time_zone_has_the_same_digest():
    elsewhere = FACTS["at"].astimezone(timezone(timedelta(hours=5, minutes=45)))

    assert chain.digest(**FACTS | {"at": elsewhere}) == chain.digest(**FACTS)


def test_a_whole_second_is_written_with_its_microseconds():
    written = {
        "at": "0999-01-02T03:04:05.000000Z",
        "by": "",
        "commitment": "",
        "kind": "",
        "post": 1,
        "previous": "",
        "revision": 0,
        "v": 1,
    }

    digest = chain.digest(
        post=1,
        revision=0,
        at=datetime(999, 1, 2, 3, 4, 5, tzinfo=UTC),
        by="",
        kind="",
        source=None,
        commitment=b"",
        previous=b"",
    )

    assert digest == hashlib.sha256(json.dumps(written, separators=(",", ":")).encode()).digest()


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        chain.digest(**FACTS | {"at": datetime(2026, 11, 23)})  # noqa: DTZ001 - that is the point


def test_a_number_that_json_cannot_hold_exactly_is_refused():
    with pytest.raises(ValueError, match="exceeds"):
        chain.digest(**FACTS | {"post": 2**53})


def test_one_changed_revision_changes_every_digest_after_it():
    true = links(["a", "b", "c", "d"])
    false = links(["a", "B", "c", "d"])

    assert [one == other for one, other in zip(true, false, strict=True)] == [True, False, False, False]


def links(bodies):
    digests, previous = [], chain.GENESIS
    for number, body in enumerate(bodies):
        commitment = chain.commitment(SALT, title="", tags="", note="", body=body)
        previous = chain.digest(**FACTS | {"revision": number, "commitment": commitment, "previous": previous})
        digests.append(previous)
    return digests
