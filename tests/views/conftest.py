"""What tests of several views begin with."""

from collections.abc import Callable

import pytest

from webapp.models import Post


@pytest.fixture
def long_history(write: Callable[..., Post]) -> Post:
    """A post of the author's whose timeline is longer than a page."""
    return write(*(f"words {number}" for number in range(70)))
