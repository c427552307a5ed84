"""Packed texts come back whole, take little room, and damage never passes for a text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.pure import delta

texts = st.text().map(str.encode) | st.binary(max_size=500)


@pytest.mark.parametrize(
    ("seq", "base"),
    [
        (0, None),
        (1, 0),
        (2, 1),
        (15, 14),
        (16, 0),
        (17, 16),
        (32, 16),
        (256, 0),
        (272, 256),
        (512, 256),
        (4096, 0),
        (5000, 4999),
    ],
)
def test_the_base_steps_back_by_the_largest_power_of_16(seq, base):
    assert delta.base_of(seq) == base


def test_a_path_leads_from_the_text_to_text_0():
    assert delta.path(0) == (0,)
    assert delta.path(18) == (18, 17, 16, 0)
    assert delta.path(0x121) == (0x121, 0x120, 0x110, 0x100, 0)


@given(st.integers(0, 16**6))
def test_a_path_has_one_step_for_each_unit_of_each_digit(seq):
    steps = delta.path(seq)

    assert len(steps) - 1 == sum(int(digit, 16) for digit in f"{seq:x}")
    assert [delta.base_of(step) for step in steps] == [*steps[1:], None]


def test_a_text_packed_past_its_base_stays_on_its_path():
    for seq in range(1, 1000):
        base = delta.base_of(seq)
        assert set(delta.path(base)) < set(delta.path(seq))


def test_there_is_no_text_before_the_first():
    with pytest.raises(ValueError, match="numbered from 0"):
        delta.base_of(-1)
    with pytest.raises(ValueError, match="numbered from 0"):
        delta.path(-1)


@given(texts, st.none() | texts)
@example(b"", None)
@example(b"", b"")
@example(b"same", b"same")
@example(b"base too short", b"1234567")
@example(b"base just long enough", b"12345678")
def test_what_is_packed_comes_back(text, base):
    packed = delta.pack(text, base)

    assert delta.unpack(packed, base, size=len(text)) == text


@pytest.mark.parametrize("size", [2**15 - 1, 2**15, 2**15 + 1, 3 * 2**15, 2**17, 2**17 + 1, 2**21])
def test_texts_at_the_edges_of_buffers_and_blocks_come_back(size):
    base = prose(size)
    text = base[: size // 2] + b"!" + base[size // 2 + 1 :]

    for new, old in [(base, None), (text, base), (bytes(size), base)]:
        assert delta.unpack(delta.pack(new, old), old, size=size) == new


def test_a_thousand_edits_come_back_through_their_paths():
    written = [prose(3000)]
    for seq in range(1, 1000):
        at = seq * 37 % 3000
        written.append(written[-1][:at] + b"edit %d" % seq + written[-1][at:])
    packed = [delta.pack(text, base_text(written, seq)) for seq, text in enumerate(written)]

    for seq in (0, 1, 15, 16, 255, 256, 511, 999):
        text = None
        for step in reversed(delta.path(seq)):
            text = delta.unpack(packed[step], text, size=len(written[step]))
        assert text == written[seq]
    assert sum(map(len, packed[1:])) < 100 * 999


def test_a_small_edit_of_the_longest_text_takes_little_room_wherever_it_is():
    base = prose(2 * 1024 * 1024 - 10)

    for at in (0, len(base) // 2, len(base)):
        assert len(delta.pack(base[:at] + b"ten bytes." + base[at:], base)) < 1000


def test_moved_halves_of_the_longest_text_take_little_room():
    base = prose(2 * 1024 * 1024)
    half = len(base) // 2

    assert len(delta.pack(base[half:] + base[:half], base)) < 1000


@given(st.binary(max_size=200), st.none() | st.binary(max_size=50), st.integers(0, 300))
def test_garbage_is_damaged(garbage, base, size):
    with pytest.raises(delta.Damaged):
        delta.unpack(garbage, base, size=size)


@pytest.mark.parametrize("size", [0, 9, 11, 1000])
def test_a_text_of_another_size_than_stated_is_damaged(size):
    with pytest.raises(delta.Damaged, match=f"not {size} bytes long"):
        delta.unpack(delta.pack(b"ten bytes.", None), None, size=size)


def test_a_frame_cut_anywhere_is_damaged():
    packed = delta.pack(prose(500), None)

    for length in range(len(packed)):
        with pytest.raises(delta.Damaged):
            delta.unpack(packed[:length], None, size=500)


def test_bytes_after_the_frame_are_damage():
    packed = delta.pack(b"ten bytes.", None)

    for extra in (b"\0", packed):
        with pytest.raises(delta.Damaged):
            delta.unpack(packed + extra, None, size=10)


def test_a_changed_bit_is_damage_or_leaves_the_size_as_stated():
    text, base = prose(400) + b"new", prose(400)
    packed = delta.pack(text, base)

    for bit in range(8 * len(packed)):
        changed = bytearray(packed)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            unpacked = delta.unpack(bytes(changed), base, size=len(text))
        except delta.Damaged:
            continue
        assert len(unpacked) == len(text)


def test_a_header_that_lies_about_the_size_is_damaged():
    packed = bytearray(delta.pack(bytes(10_000_000), None))
    header = (10_000_000).to_bytes(4, "little")
    at = packed.index(header)

    packed[at : at + 4] = (100).to_bytes(4, "little")

    with pytest.raises(delta.Damaged):
        delta.unpack(bytes(packed), None, size=100)


def test_a_fingerprint_is_the_sha_256_of_the_text():
    assert delta.fingerprint(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def base_text(written, seq):
    base = delta.base_of(seq)
    return None if base is None else written[base]


def prose(size):
    """Return `size` bytes of sentences of which no two are alike."""
    sentences, length = [], 0
    while length < size:
        sentences.append(b"Sentence %d speaks of %d things. " % (len(sentences), len(sentences) * 7919 % 10007))
        length += len(sentences[-1])
    return b"".join(sentences)[:size]
