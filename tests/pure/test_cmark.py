"""The C library is used so that it neither mixes up threads nor keeps memory."""

from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from webapp.pure import cmark

TEXT = "~~a~~ www.b.example c@d.example *e* <i>f</i>\n\n" * 60


def test_four_threads_make_the_same_page():
    expected = cmark.to_html(TEXT)
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(cmark.to_html, [TEXT] * 200)) == {expected}


def test_a_page_is_freed_once_it_is_made():
    process, pages = psutil.Process(), 300
    for _ in range(20):
        cmark.to_html(TEXT)
    before = process.memory_info().rss
    for _ in range(pages):
        cmark.to_html(TEXT)

    # Kept, each page would be 150 KiB at least.
    assert (process.memory_info().rss - before) / pages < 30 * 1024


def test_every_tag_is_its_own_and_none_the_authors():
    assert cmark.to_html('<b> `<i>` ![<u>](x "<s>")\n') == (
        '<p>&lt;b&gt; <code>&lt;i&gt;</code> <img src="x" alt="&lt;u&gt;" title="&lt;s&gt;" /></p>\n'
    )


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("# a\n\nb\nc", [range(1), range(2, 4)]),
        ("- a\n\n  b\n- c\n\n1. d\n2. e", [range(3), range(3, 5), range(5, 7)]),
        ("a\nb\n|c|\n|-|\n|d|\n\ne", [range(2), range(2, 5), range(6, 7)]),
        ("<!-- a --> b\n<!-- c -->\n\n<div>\n</div>", [range(1), range(3, 5)]),
    ],
    ids=["paragraphs", "items", "a paragraph right above a table", "raw HTML"],
)
def test_every_block_is_where_it_was_typed(text, blocks):
    assert list(cmark.places(text).blocks) == blocks
