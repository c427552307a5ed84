"""What was used last is remembered, within its bytes."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.pure.recent import Recent


def test_what_was_put_is_there():
    recent = Recent(max_bytes=10)

    recent.put(b"a", b"text")

    assert (recent.get(b"a"), recent.get(b"b")) == (b"text", None)


def test_what_was_not_used_for_longest_goes_first():
    recent = Recent(max_bytes=10)
    recent.put(b"a", b"aaaa")
    recent.put(b"b", b"bbbb")
    recent.get(b"a")

    recent.put(b"c", b"cccc")

    assert [recent.get(key) for key in (b"a", b"b", b"c")] == [b"aaaa", None, b"cccc"]


def test_what_is_too_large_for_all_is_not_kept():
    recent = Recent(max_bytes=10)

    recent.put(b"a", b"a" * 11)

    assert recent.get(b"a") is None


def test_clearing_lets_everything_go():
    recent = Recent(max_bytes=10)
    recent.put(b"a", b"aaaaaaaaaa")

    recent.clear()
    recent.put(b"b", b"bbbbbbbbbb")

    assert (recent.get(b"a"), recent.get(b"b")) == (None, b"bbbbbbbbbb")


@given(st.lists(st.tuples(st.sampled_from([b"a", b"b", b"c", b"d"]), st.binary(max_size=8)), max_size=30))
def test_it_never_holds_more_than_its_bytes_and_gives_the_newest_value(puts):
    recent = Recent(max_bytes=16)
    newest = {}

    for key, value in puts:
        recent.put(key, value)
        newest[key] = value

    kept = {key: value for key in newest if (value := recent.get(key)) is not None}
    assert kept == {key: newest[key] for key in kept}
    assert sum(map(len, kept.values())) <= 16
