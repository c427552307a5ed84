"""Signs the size and the root of a history, so that a note kept elsewhere shows a past cut off or rewritten.

A checkpoint is C2SP's tlog-checkpoint: a note signed with an Ed25519 key, in the formats of Go's
`sumdb/note`.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\1"
_PRIVATE = "PRIVATE+KEY+"
_SIGNATURE_MARK = "— "

_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_ORIGIN = re.compile(r"[^\x00-\x1f\x7f]+")
_NOTE = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_KEY_ID = re.compile(r"[0-9a-f]{8}")


class Unproven(ValueError):
    """A note or a key that is not what it should be; `str(error)` says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a note vouches for: the first `size` digests of the history `origin` have this Merkle `root`."""

    origin: str
    size: int
    root: bytes


def body(origin: str, size: int, root: bytes) -> str:
    """Return the text to sign: three lines. Raises ValueError if they could not be read back."""
    text = f"{origin}\n{size}\n{_written(root)}\n"
    _read_body(text)
    return text


def sign(text: str, *, name: str, key: Ed25519PrivateKey) -> str:
    """Return the note: `text`, an empty line, and the signature of `key` under `name`.

    Raises ValueError if `text` does not end its last line or `name` holds a space or a plus.
    """
    if not text.endswith("\n") or not _NOTE.fullmatch(text):
        raise ValueError("a text to sign is whole lines without control characters")
    signature = _key_id(name, key.public_key()) + key.sign(text.encode())
    return f"{text}\n{_SIGNATURE_MARK}{name} {_written(signature)}\n"


def verify(note: str, *, name: str, public_key: Ed25519PublicKey) -> Checkpoint:
    """Return what `note` vouches for. Signatures of others are passed over.

    Raises Unproven if it carries no signature of this key under `name`, or one that does not hold, or is not
    a checkpoint.
    Whether it speaks of the right history is for the caller to compare: `origin`.
    """
    text, gap, signatures = note.rpartition("\n\n")
    text += "\n"
    if not gap or not signatures.endswith("\n") or not _NOTE.fullmatch(note):
        raise Unproven("This is not a signed note.")
    key_id = _key_id(name, public_key)
    signed = False
    for line in signatures[:-1].split("\n"):
        signer, signature = _read_signature(line)
        if signer == name and signature.startswith(key_id):
            try:
                public_key.verify(signature[len(key_id) :], text.encode())
            except InvalidSignature:
                raise Unproven(f"The signature of {name} does not hold.") from None
            signed = True
    if not signed:
        raise Unproven(f"There is no signature of {name} with this key.")
    return _read_body(text)


def new_key() -> Ed25519PrivateKey:
    """Return a fresh signing key."""
    return Ed25519PrivateKey.generate()


def public_text(name: str, key: Ed25519PublicKey) -> str:
    """Return the key as others keep it (Go's *vkey*): name, key id and base64 with a plus between them."""
    return f"{name}+{_key_id(name, key).hex()}+{_written(_ED25519 + key.public_bytes_raw())}"


def private_text(name: str, key: Ed25519PrivateKey) -> str:
    """Return the signing key as a secret line of text (Go's *skey*)."""
    key_id = _key_id(name, key.public_key()).hex()
    return f"{_PRIVATE}{name}+{key_id}+{_written(_ED25519 + key.private_bytes_raw())}"


def read_public(text: str) -> tuple[str, Ed25519PublicKey]:
    """Return the name and the key in a line of `public_text`.

    Raises Unproven if it is none, or if the two do not belong together.
    """
    name, key_id, raw = _read_key(text)
    key = Ed25519PublicKey.from_public_bytes(raw)
    if _key_id(name, key) != key_id:
        raise Unproven("The key is not the one its id says.")
    return name, key


def read_private(text: str) -> tuple[str, Ed25519PrivateKey]:
    """Return the name and the key in a line of `private_text`.

    Raises Unproven if it is none, or if the two do not belong together.
    """
    if not text.startswith(_PRIVATE):
        raise Unproven("This is not a signing key.")
    name, key_id, raw = _read_key(text.removeprefix(_PRIVATE))
    key = Ed25519PrivateKey.from_private_bytes(raw)
    if _key_id(name, key.public_key()) != key_id:
        raise Unproven("The key is not the one its id says.")
    return name, key


def _key_id(name: str, key: Ed25519PublicKey) -> bytes:
    """Return the four bytes that say which key of `name` it is (C2SP signed-note)."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a key: it is empty or holds a space or a plus")
    return sha256(name.encode() + b"\n" + _ED25519 + key.public_bytes_raw()).digest()[:4]


def _read_key(text: str) -> tuple[str, bytes, bytes]:
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = _read(encoded)
    if not _NAME.fullmatch(name) or not _KEY_ID.fullmatch(key_id) or raw[:1] != _ED25519 or len(raw) != 33:
        raise Unproven("This is not an Ed25519 key with its name and id.")
    return name, bytes.fromhex(key_id), raw[1:]


def _read_signature(line: str) -> tuple[str, bytes]:
    signer, _, encoded = line.removeprefix(_SIGNATURE_MARK).partition(" ")
    if not line.startswith(_SIGNATURE_MARK) or not _NAME.fullmatch(signer):
        raise Unproven("A line under the text is not a signature.")
    return signer, _read(encoded)


def _read_body(text: str) -> Checkpoint:
    """Return what the three lines say; more lines would be extensions, which we never write."""
    lines = text.split("\n")
    if len(lines) != 4 or not _ORIGIN.fullmatch(lines[0]) or not _SIZE.fullmatch(lines[1]):
        raise Unproven("The note is not a checkpoint of a history.")
    root = _read(lines[2])
    if len(root) != 32:
        raise Unproven("The root in the note is not 32 bytes.")
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=root)


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _read(encoded: str) -> bytes:
    """Return the bytes of base64 in its one canonical spelling: in others a letter could change unseen."""
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or _written(data) != encoded:
        raise Unproven("There is broken base64 in it.")
    return data
