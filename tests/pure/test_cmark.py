"""The C library is used so that it neither mixes up threads nor keeps memory."""

from concurrent.futures import ThreadPoolExecutor

import psutil

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
