"""One is one, and all other numbers are several."""

import pytest

from webapp.pure import plural


@pytest.mark.parametrize(
    ("amount", "said"), [(0, "0 words"), (1, "1 word"), (2, "2 words"), (1204, "1,204 words"), (-1, "-1 words")]
)
def test_a_unit_follows_its_number(amount, said):
    assert plural.of(amount, "word") == said
