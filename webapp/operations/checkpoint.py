"""Sign what the history holds, and hold it against a note that was signed and kept elsewhere."""

import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from webapp.database import transaction, transaction_class
from webapp.errors import Invalid
from webapp.history import log
from webapp.operations import turns
from webapp.pure import checkpoint as notes
from webapp.pure.checkpoint import Unproven
from webapp.pure.merkle import Tree

KEY_FILE = "signing_key"
HOLDS = "The history still contains what was signed"


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint and its `note`, the signed text to keep elsewhere."""

    note: str
    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of holding the history against a note; `says` is a sentence without its full stop.

    `size` is how many revisions were signed, None when the note is not ours.
    """

    ok: bool
    says: str
    size: int | None = None


def take(data: Path, *, progress: Callable[[int], object] = int) -> Signed:
    """Return a checkpoint of all that is saved now, signed with the key in the folder `data`, made if there is none.

    `progress` is told how many revisions are done. Raises Invalid if the key cannot be read.
    """
    origin, key = _desk(data)
    with transaction():
        # On PostgreSQL a save takes its transaction's number first and commits later: one that is still under way
        # must be waited for, or its revision would slip in below the checkpoint afterwards and look like a rewritten
        # history. Once nobody writes, every number up to the last is settled, and reading needs no lock any more.
        turns.take(transaction_class())
        until = log.last_transaction()
    tree = _tree(until=until, progress=progress)
    note = notes.sign(notes.body(origin, tree.size, tree.root()), name=origin, key=key)
    return Signed(note=note, origin=origin, size=tree.size, root=tree.root())


def check(note: str, data: Path, *, progress: Callable[[int], object] = int) -> Checked:
    """Return whether the history still begins with what `note` vouches for. Writes nothing, makes no key.

    The digests are compared as they are kept: that they belong to the texts is what `history.verify` proves.
    Raises Invalid if the key cannot be read.
    """
    if not (data / KEY_FILE).exists():
        return Checked(ok=False, says="The note was not signed by this desk: it has no signing key")
    origin, key = _desk(data)
    try:
        signed = notes.verify(note, name=origin, public_key=key.public_key())
    except Unproven as error:
        return Checked(ok=False, says=f"The note was not signed by this desk: {str(error).rstrip('.')}")
    if signed.origin != origin:
        return Checked(ok=False, says=f"The note is about another history: {signed.origin}")
    tree = _tree(limit=signed.size, progress=progress)
    if tree.size < signed.size:
        says = f"The history was cut off: {signed.size} revisions were signed, and only {tree.size} are there"
    elif tree.root() != signed.root:
        says = f"The history was rewritten: its first {signed.size} revisions are not those that were signed"
    else:
        return Checked(ok=True, says=HOLDS, size=signed.size)
    return Checked(ok=False, says=says, size=signed.size)


def public_key(data: Path) -> str:
    """Return the line by which others check the signatures of this desk. Raises Invalid if the key cannot be read."""
    origin, key = _desk(data)
    return notes.public_text(origin, key.public_key())


def _tree(*, until: int | None = None, limit: int | None = None, progress: Callable[[int], object] = int) -> Tree:
    tree = Tree()
    for digest in log.digests(until=until, limit=limit):
        tree.append(digest)
        progress(tree.size)
    return tree


def _desk(data: Path) -> tuple[str, Ed25519PrivateKey]:
    """Return the name and the key of this desk: one line of one file, so that they never part."""
    path = data / KEY_FILE
    if not path.exists():
        _make_key(path)
    try:
        return notes.read_private(path.read_text())
    except (Unproven, UnicodeError) as error:
        raise Invalid({"signing_key": f"{path} is not a signing key of Stet. Put the right one back."}) from error


def _make_key(path: Path) -> None:
    """Write a new key, whole or not at all; of two processes that do it at once the first one's holds."""
    line = notes.private_text(f"stet/{secrets.token_hex(10)}", notes.new_key())
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # mode 0600, O_EXCL
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())  # a key that others know must survive a power cut
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first
    finally:
        Path(draft).unlink()
