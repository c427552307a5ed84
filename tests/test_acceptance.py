"""What docs/acceptance.md promises to be tested is tested."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.only("sqlite", "files are not in the database")

ROOT = Path(__file__).parents[1]


def test_every_journey_that_the_list_names_is_there():
    page = (ROOT / "docs/acceptance.md").read_text()
    journeys = {path.stem: path.read_text() for path in (ROOT / "e2e").glob("test_*.py")}
    lines = [line for line in page.splitlines() if line.startswith("| ") and "`test_" in line]

    named = [
        (file, test)
        for line in lines
        for file, tests in re.findall(r"`(test_\w+)`: ((?:`test_\w+`(?:, )?)+)", line)
        for test in re.findall(r"test_\w+", tests)
    ]

    assert len(named) == 18
    assert [(file, test) for file, test in named if f"def {test}(" not in journeys.get(file, "")] == []
