"""The table of what happened elsewhere names tests that there are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROWS = re.findall(r"(?m)^\|.*::.*\|$", (ROOT / "docs" / "reliability.md").read_text())


def test_each_test_that_the_table_names_is_there():
    named = [reference for row in ROWS for reference in re.findall(r"`((?:tests|e2e)/[\w/]+\.py)::(\w+)`", row)]

    assert len(ROWS) > 20
    assert [f"{path}::{name}" for path, name in named if name not in functions(ROOT / path)] == []


def functions(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
