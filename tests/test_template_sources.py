"""Templates hold nothing inline and nothing unescaped: the security policy is never tested by our own pages."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"

FORBIDDEN = {
    r"\|\s*safe\b": "text is escaped, always",
    r"autoescape\s+false": "text is escaped, always",
    r"<style\b|\sstyle\s*=": "the policy refuses inline style",
    r"<script(?![^>]*\ssrc=)": "the policy refuses inline script",
    r"\son[a-z]+\s*=\s*[\"']": "the policy refuses inline script",
    r"javascript:": "the policy refuses inline script",
    r"\shx-on\b|\shx-on:|[\"']js:|hx-trigger=\"[^\"]*\[": "htmx would need eval for it",
    r"https?://|[\"']//": "nothing comes from other sites",
}


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
def test_a_template_has_nothing_inline_and_nothing_unescaped(template: Path) -> None:
    text = re.sub(r"{#.*?#}", "", template.read_text(), flags=re.DOTALL)

    found = {pattern: why for pattern, why in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)}

    assert found == {}


@pytest.mark.parametrize(
    "inline",
    [
        "{{ text|safe }}",
        "{{ text | safe }}",
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        "<script type='module'>",
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<a hx-on:click="x()">',
        '<a hx-vals="js:{x: 1}">',
        '<a hx-trigger="keyup[key]">',
        '<script src="//cdn.example/x.js">',
    ],
)
def test_the_search_of_templates_knows_what_is_inline(inline: str) -> None:
    assert [pattern for pattern in FORBIDDEN if re.search(pattern, inline, re.IGNORECASE)] != []
