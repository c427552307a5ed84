"""What a page or a part of one lists of a timeline."""

import re

from werkzeug.test import TestResponse


def numbers(page: TestResponse) -> list[int]:
    """Return the revisions that it has rows of, as they stand there."""
    return [int(number) for number in re.findall(r'<li id="revision-(\d+)"', page.text)]
