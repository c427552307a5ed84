"""Roots and proofs are those of RFC 9162, and nothing else passes for a proof."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import merkle

# The known answers that implementations of certificate transparency share.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (3, 7): [
        "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e",
    ],
}

digests = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_known_answers(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


def test_a_growing_tree_has_every_known_root_on_its_way():
    tree = merkle.Tree()
    roots = [tree.root().hex()]
    for leaf in LEAVES:
        tree.append(leaf)
        roots.append(tree.root().hex())

    assert roots == ROOTS
    assert tree.size == 8


@pytest.mark.parametrize(("index", "size"), INCLUSIONS)
def test_inclusion_proofs_are_the_known_answers(index, size):
    proof = merkle.inclusion(LEAVES[:size], index)

    assert [part.hex() for part in proof] == INCLUSIONS[index, size]


@pytest.mark.parametrize(("first", "second"), CONSISTENCIES)
def test_consistency_proofs_are_the_known_answers(first, second):
    proof = merkle.consistency(LEAVES[:second], first=first)

    assert [part.hex() for part in proof] == CONSISTENCIES[first, second]


@given(st.lists(digests, max_size=70))
def test_the_streaming_root_is_the_one_that_the_rfc_defines(leaves):
    assert merkle.root(iter(leaves)) == defined_root(leaves)


def test_a_tree_keeps_no_more_than_its_perfect_subtrees():
    tree = merkle.Tree()
    for number in range(1000):
        tree.append(b"%d" % number)
        assert len(tree._perfect) == tree.size.bit_count()


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_of_every_tree_can_be_proved_at_its_place_only(size):
    leaves = [b"%d" % number for number in range(size)]
    root = merkle.root(leaves)

    for index in range(size):
        proof = merkle.inclusion(leaves, index)
        assert [
            other
            for other in range(-1, size + 1)
            if merkle.includes(leaves[index], index=other, size=size, root=root, proof=proof)
        ] == [index]


@pytest.mark.parametrize("second", range(1, 34))
def test_every_older_tree_can_be_proved(second):
    leaves = [b"%d" % number for number in range(second)]

    for first in range(second + 1):
        proof = merkle.consistency(leaves, first=first)
        assert merkle.consistent(
            first=first,
            first_root=merkle.root(leaves[:first]),
            second=second,
            second_root=merkle.root(leaves),
            proof=proof,
        )


@given(st.integers(1, 200), st.data())
def test_a_changed_inclusion_proof_fails(size, data):
    leaves = [b"%d" % number for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    root, proof = merkle.root(leaves), merkle.inclusion(leaves, index)

    for false in changed(proof, data):
        assert merkle.includes(leaves[index], index=index, size=size, root=root, proof=false) is False
    assert merkle.includes(b"other", index=index, size=size, root=root, proof=proof) is False
    assert merkle.includes(leaves[index], index=index, size=size, root=bytes(32), proof=proof) is False


@given(st.integers(2, 200), st.data())
def test_a_changed_consistency_proof_fails(second, data):
    leaves = [b"%d" % number for number in range(second)]
    first = data.draw(st.integers(1, second - 1))
    roots = {"first_root": merkle.root(leaves[:first]), "second_root": merkle.root(leaves)}
    proof = merkle.consistency(leaves, first=first)

    for false in changed(proof, data):
        assert merkle.consistent(first=first, second=second, proof=false, **roots) is False
    for name in roots:
        false_roots = roots | {name: bytes(32)}
        assert merkle.consistent(first=first, second=second, proof=proof, **false_roots) is False


@given(st.integers(2, 60), st.data())
def test_a_rewritten_past_cannot_be_proved_consistent(second, data):
    first = data.draw(st.integers(1, second))
    at = data.draw(st.integers(0, first - 1))
    kept = [b"%d" % number for number in range(second)]
    rewritten = [*kept[:at], b"rewritten", *kept[at + 1 :]]

    assert not merkle.consistent(
        first=first,
        first_root=merkle.root(kept[:first]),
        second=second,
        second_root=merkle.root(rewritten),
        proof=merkle.consistency(rewritten, first=first),
    )


def test_the_same_size_needs_the_same_root_and_no_proof():
    one, other = merkle.root([b"one"]), merkle.root([b"other"])

    assert merkle.consistent(first=1, first_root=one, second=1, second_root=one, proof=()) is True
    assert merkle.consistent(first=1, first_root=one, second=1, second_root=other, proof=()) is False
    assert merkle.consistent(first=1, first_root=one, second=1, second_root=one, proof=(other,)) is False


def test_everything_grows_from_the_empty_tree_but_not_from_another_root():
    empty, one = merkle.root([]), merkle.root([b"one"])

    assert merkle.consistent(first=0, first_root=empty, second=1, second_root=one, proof=()) is True
    assert merkle.consistent(first=0, first_root=one, second=1, second_root=one, proof=()) is False
    assert merkle.consistent(first=0, first_root=empty, second=1, second_root=one, proof=(one,)) is False


def test_a_proof_from_a_larger_tree_does_not_prove_for_a_smaller_one():
    leaves = [b"a", b"b", b"c", b"d"]
    root = merkle.root(leaves)
    proof = merkle.inclusion(leaves, 3)

    assert merkle.includes(b"d", index=3, size=4, root=root, proof=proof) is True
    assert merkle.includes(b"d", index=1, size=2, root=root, proof=proof) is False
    assert merkle.includes(b"d", index=3, size=8, root=root, proof=proof) is False


def test_a_proof_of_two_leaves_does_not_prove_for_more():
    one, two = merkle.root([b"a"]), merkle.root([b"a", b"b"])
    proof = merkle.consistency([b"a", b"b"], first=1)

    assert merkle.consistent(first=1, first_root=one, second=2, second_root=two, proof=proof) is True
    assert merkle.consistent(first=1, first_root=one, second=3, second_root=two, proof=proof) is False


def test_a_proof_of_growth_does_not_prove_for_smaller_trees():
    leaves = [b"%d" % number for number in range(8)]
    roots = {"first_root": merkle.root(leaves[:7]), "second_root": merkle.root(leaves)}
    proof = merkle.consistency(leaves, first=7)

    assert merkle.consistent(first=7, second=8, proof=proof, **roots) is True
    assert merkle.consistent(first=3, second=4, proof=proof, **roots) is False


def test_a_tree_does_not_shrink():
    one, two = merkle.root([b"one"]), merkle.root([b"one", b"two"])

    assert merkle.consistent(first=2, first_root=two, second=1, second_root=one, proof=(one,)) is False
    assert merkle.consistent(first=3, first_root=one, second=1, second_root=one, proof=(one,)) is False
    assert merkle.consistent(first=0, first_root=merkle.root([]), second=-1, second_root=one, proof=()) is False


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        merkle.inclusion([b"a", b"b", b"c"], index)


@pytest.mark.parametrize("first", [-1, 4])
def test_there_is_no_proof_of_an_older_tree_that_was_larger(first):
    with pytest.raises(IndexError):
        merkle.consistency([b"a", b"b", b"c"], first=first)


def defined_root(leaves):
    """Return the root as RFC 9162, 2.1.1, defines it."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha256(b"\x01" + defined_root(leaves[:k]) + defined_root(leaves[k:])).digest()


def changed(proof, data):
    """Return proofs that differ: a part too many at either end, one changed, one missing."""
    false = [(*proof, bytes(32)), (bytes(32), *proof)]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        false += [(*proof[:at], flipped, *proof[at + 1 :]), proof[:at] + proof[at + 1 :]]
    return false
