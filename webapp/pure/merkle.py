"""A Merkle tree over digests: one hash for a whole history (RFC 9162, section 2.1.1, with SHA-256)."""

from hashlib import sha256


class Tree:
    """Takes leaves one after the other and keeps only the roots of its perfect subtrees, about log2(size)."""

    __slots__ = ("_perfect", "size")

    def __init__(self) -> None:
        self.size = 0
        self._perfect: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add `leaf` at the right end."""
        merged = _leaf(leaf)
        equals = self.size
        while equals & 1:
            merged = _node(self._perfect.pop(), merged)
            equals >>= 1
        self._perfect.append(merged)
        self.size += 1

    def root(self) -> bytes:
        """Return the hash of the tree as it stands, 32 bytes; more leaves may follow."""
        if not self._perfect:
            return sha256().digest()
        *left, merged = self._perfect
        for perfect in reversed(left):
            merged = _node(perfect, merged)
        return merged


def _leaf(leaf: bytes) -> bytes:
    return sha256(b"\0" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
