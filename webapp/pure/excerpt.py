"""The beginning of a text in plain words, for where there is no room for the whole."""

import html

import nh3

from webapp.pure import markdown

CHARACTERS = 300
READ = 4000
"""Characters of Markdown that are looked at."""


def of(body: str, *, characters: int = CHARACTERS) -> str:
    """Return the first words of a Markdown text without its marks, `characters` long at most, cut between words."""
    rendered = str(markdown.document(body[:READ]).html)
    words = " ".join(html.unescape(nh3.clean(rendered, tags=set())).split())
    if len(words) <= characters:
        return words
    kept = words[:characters]
    return (kept.rpartition(" ")[0] or kept[:-1]).rstrip(",;:–—-") + "…"
