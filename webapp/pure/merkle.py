"""A Merkle tree over digests: one hash for a whole history, and short proofs of what that history holds.

The tree, its proofs and their checks are those of RFC 9162, section 2.1, with SHA-256.
"""

from collections.abc import Iterable, Sequence
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


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the hash of the tree over `leaves`, 32 bytes."""
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def inclusion(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the proof that the leaf at `index`, from 0, is in the tree over `leaves` (RFC 9162, 2.1.3.1).

    Raises IndexError if there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} among {len(leaves)}")
    proof: list[bytes] = []
    start, end = 0, len(leaves)
    while end - start > 1:
        middle = start + _left(end - start)
        if index < middle:
            proof.append(root(leaves[middle:end]))
            end = middle
        else:
            proof.append(root(leaves[start:middle]))
            start = middle
    return tuple(reversed(proof))


def includes(leaf: bytes, *, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether `proof` shows `leaf` at `index` of the tree of `size` leaves with this `root`.

    RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    merged = _leaf(leaf)
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            merged = _node(sibling, merged)
            at, last = _to_right_child(at, last)
        else:
            merged = _node(merged, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and merged == root


def consistency(leaves: Sequence[bytes], *, first: int) -> tuple[bytes, ...]:
    """Return the proof that the tree over `leaves` grew from the one over its `first` leaves.

    RFC 9162, 2.1.4.1; empty if nothing was added, or to nothing. Raises IndexError if there are fewer leaves.
    """
    if not 0 <= first <= len(leaves):
        raise IndexError(f"there are not {first} leaves among {len(leaves)}")
    if first == 0:
        return ()
    proof: list[bytes] = []
    start, end = 0, len(leaves)
    while first != end:
        middle = start + _left(end - start)
        if first <= middle:
            proof.append(root(leaves[middle:end]))
            end = middle
        else:
            proof.append(root(leaves[start:middle]))
            start = middle
    # The subtree that ends at `first` is known to the checker if it is the whole of the older tree.
    if start > 0:
        proof.append(root(leaves[start:end]))
    return tuple(reversed(proof))


def consistent(*, first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether `proof` shows that the tree of `second` leaves grew from that of `first`.

    RFC 9162, 2.1.4.2. Every tree grows from the empty one, and from itself, with an empty proof.
    """
    if first == 0:
        return second >= 0 and first_root == sha256().digest() and not proof
    if first == second:
        return first_root == second_root and not proof
    if not 0 < first < second or not proof:
        return False
    older, *rest = proof if first & (first - 1) else (first_root, *proof)
    newer = older
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    for sibling in rest:
        if last == 0:
            return False
        if at & 1 or at == last:
            older, newer = _node(sibling, older), _node(sibling, newer)
            at, last = _to_right_child(at, last)
        else:
            newer = _node(newer, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and older == first_root and newer == second_root


def _to_right_child(at: int, last: int) -> tuple[int, int]:
    """Climb while the node is a left one without a sibling: such a node is its own parent."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _left(size: int) -> int:
    """Return the size of the left subtree: the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _leaf(leaf: bytes) -> bytes:
    return sha256(b"\0" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
