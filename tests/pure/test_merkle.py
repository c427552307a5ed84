"""Roots are those of RFC 9162, whatever the size, and take no more room than they need."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from webapp.pure.merkle import Tree

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
digests = st.binary(min_size=32, max_size=32)


def test_a_growing_tree_has_every_known_root_on_its_way():
    tree = Tree()
    roots = [tree.root().hex()]
    for leaf in LEAVES:
        tree.append(leaf)
        roots.append(tree.root().hex())

    assert roots == ROOTS
    assert tree.size == 8


@given(st.lists(digests, max_size=70))
def test_the_streaming_root_is_the_one_that_the_rfc_defines(leaves):
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)

    assert tree.root() == defined_root(leaves)


def test_a_tree_keeps_no_more_than_its_perfect_subtrees():
    tree = Tree()
    for number in range(1000):
        tree.append(b"%d" % number)
        assert len(tree._perfect) == tree.size.bit_count()


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
