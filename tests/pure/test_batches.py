"""No statement names more rows than it may."""

import pytest

from webapp.pure import batches


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (500, [500]), (501, [500, 1]), (1200, [500, 500, 200])]
)
def test_parts_are_full_but_for_the_last_and_together_all(count, sizes):
    parts = list(batches.of(range(count)))

    assert [len(part) for part in parts] == sizes
    assert [number for part in parts for number in part] == list(range(count))
