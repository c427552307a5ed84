"""A checkpoint is believed only if every byte of it is the one that was signed."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from webapp.pure import checkpoint
from webapp.pure.checkpoint import Checkpoint, Unproven

NAME = "desk.example/history"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
ROOT = bytes(range(100, 132))
TEXT = checkpoint.body(NAME, 201, ROOT)
NOTE = checkpoint.sign(TEXT, name=NAME, key=KEY)

# The example in the documentation of Go's sumdb/note, where the format comes from.
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


def test_a_checkpoint_comes_back_from_its_note():
    assert check(NOTE) == Checkpoint(origin=NAME, size=201, root=ROOT)


def test_a_body_is_three_lines():
    assert checkpoint.body("desk.example", 7, bytes(32)) == (
        "desk.example\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    )


def test_a_note_is_the_text_an_empty_line_and_a_signature():
    name, key = checkpoint.read_private(GO_PRIVATE)

    note = checkpoint.sign(GO_TEXT, name=name, key=key)

    assert note == f"{GO_TEXT}\n— PeterNeumann {GO_SIGNATURE}\n"


def test_keys_are_written_as_others_write_them():
    name, key = checkpoint.read_private(GO_PRIVATE)

    assert name == "PeterNeumann"
    assert checkpoint.private_text(name, key) == GO_PRIVATE
    assert checkpoint.public_text(name, key.public_key()) == GO_PUBLIC


def test_a_public_key_comes_back_from_its_line():
    name, key = checkpoint.read_public(GO_PUBLIC + "\n")

    assert checkpoint.public_text(name, key) == GO_PUBLIC


def test_a_new_key_is_new_every_time():
    keys = {checkpoint.new_key().private_bytes_raw() for _ in range(10)}

    assert len(keys) == 10


def test_every_changed_letter_is_noticed():
    for at, signed in enumerate(NOTE):
        letters = {"A", "0", "1", " ", "\n", "+", "=", "é", "\ud800", chr(ord(signed) ^ 1)} - {signed}
        assert [letter for letter in letters if believed(NOTE[:at] + letter + NOTE[at + 1 :])] == []


def test_every_missing_and_every_doubled_letter_is_noticed():
    assert [at for at in range(len(NOTE)) if believed(NOTE[:at] + NOTE[at + 1 :])] == []
    assert [at for at in range(len(NOTE)) if believed(NOTE[:at] + NOTE[at] + NOTE[at:])] == []


def test_a_note_that_was_cut_is_noticed():
    assert [length for length in range(len(NOTE)) if believed(NOTE[:length])] == []


@pytest.mark.parametrize(
    "text",
    [
        checkpoint.body(NAME, 200, ROOT),
        checkpoint.body(NAME, 2010, ROOT),
        checkpoint.body(NAME, 201, bytes(32)),
        checkpoint.body("other.example", 201, ROOT),
    ],
)
def test_another_text_over_the_same_signature_is_noticed(text):
    with pytest.raises(Unproven, match="does not hold"):
        check(NOTE.replace(TEXT, text))


def test_the_same_text_under_another_key_is_not_believed():
    with pytest.raises(Unproven, match="no signature"):
        check(checkpoint.sign(TEXT, name=NAME, key=OTHER_KEY))


def test_the_same_key_under_another_name_is_not_believed():
    with pytest.raises(Unproven, match="no signature"):
        check(checkpoint.sign(TEXT, name="other.example", key=KEY))


def test_a_signature_of_another_key_with_our_key_id_does_not_hold():
    ours = NOTE.split(" ")[-1]
    forged = base64.b64encode(base64.b64decode(ours)[:4] + OTHER_KEY.sign(TEXT.encode())).decode()

    with pytest.raises(Unproven, match="does not hold"):
        check(NOTE.replace(ours, forged + "\n"))


def test_signatures_of_witnesses_may_stand_beside_ours():
    witness = checkpoint.sign(TEXT, name="witness.example", key=OTHER_KEY).removeprefix(TEXT + "\n")

    assert check(NOTE + witness) == check(NOTE)
    assert check(f"{TEXT}\n{witness}{NOTE.removeprefix(TEXT)[1:]}") == check(NOTE)


def test_a_second_signature_of_ours_has_to_hold_too():
    false = checkpoint.sign(checkpoint.body(NAME, 1, ROOT), name=NAME, key=KEY).splitlines()[-1]

    with pytest.raises(Unproven, match="does not hold"):
        check(f"{NOTE}{false}\n")


@pytest.mark.parametrize("line", ["", "hello", "— nobody", "— nobody !!!!", "— no+body AAAA", "- nobody AAAA"])
def test_anything_else_among_the_signatures_is_refused(line):
    with pytest.raises(Unproven):
        check(f"{NOTE}{line}\n")


@pytest.mark.parametrize(
    "text",
    [
        GO_TEXT,
        "origin\n1\n",
        f"\n1\n{'A' * 43}=\n",
        f"origin\n01\n{'A' * 43}=\n",
        f"origin\n-1\n{'A' * 43}=\n",
        f"origin\n٣\n{'A' * 43}=\n",
        f"origin\n1\n{'A' * 42}B=\n",
        "origin\n1\nAAAA\n",
        "origin\n1\n\n",
        f"origin\n1\n{'A' * 43}=\nmore\n",
    ],
)
def test_a_signed_text_that_is_not_a_checkpoint_is_refused(text):
    with pytest.raises(Unproven):
        check(checkpoint.sign(text, name=NAME, key=KEY))


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("", 1, ROOT), ("two\nlines", 1, ROOT), ("origin", -1, ROOT), ("origin", 1, ROOT[:31])],
)
def test_a_body_that_could_not_be_read_back_is_not_written(origin, size, root):
    with pytest.raises(ValueError, match=r"not a checkpoint|not 32 bytes"):
        checkpoint.body(origin, size, root)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb", "a\u2028b"])
def test_a_name_that_could_not_be_read_back_is_not_signed_with(name):
    with pytest.raises(ValueError, match="cannot be the name"):
        checkpoint.sign(TEXT, name=name, key=KEY)


@pytest.mark.parametrize("text", ["", "no end of line", "bell\a\n", "carriage\r\n"])
def test_a_text_that_is_not_whole_lines_is_not_signed(text):
    with pytest.raises(ValueError, match="whole lines"):
        checkpoint.sign(text, name=NAME, key=KEY)


def test_every_changed_letter_of_a_key_is_noticed():
    for key, read in ((GO_PUBLIC, checkpoint.read_public), (GO_PRIVATE, checkpoint.read_private)):
        for at, letter in enumerate(key):
            with pytest.raises(Unproven):
                read(key[:at] + chr(ord(letter) + 1) + key[at + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+c74f20a3",
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        GO_PRIVATE,
    ],
)
def test_something_else_is_not_taken_for_a_public_key(text):
    with pytest.raises(Unproven):
        checkpoint.read_public(text)


def test_a_public_key_is_not_taken_for_a_signing_key():
    with pytest.raises(Unproven, match="not a signing key"):
        checkpoint.read_private(GO_PUBLIC)


def check(note):
    return checkpoint.verify(note, name=NAME, public_key=KEY.public_key())


def believed(note):
    try:
        check(note)
    except Unproven:
        return False
    return True
