"""CommonMark with GitHub's extensions to HTML, by the C library that cmarkgfm brings, with raw HTML as text.

cmarkgfm's own functions are not fit for a server: they never free the tree nor the page (1.1 MB lost for each
rendering of a 74 KB README), and they run unlocked C code that keeps a table of special characters in a global
(with four threads, half of the pages came out wrong). So its library is called directly, freed and locked.
"""

from collections.abc import Iterator
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

import cffi  # type: ignore[import-untyped]
from cmarkgfm import _cmark  # type: ignore[attr-defined]

EXTENSIONS = (b"table", b"strikethrough", b"autolink", b"tasklist")
# CMARK_OPT_UNSAFE stays off, so that even before the sanitiser no raw HTML and no javascript: link comes out.
OPTIONS = _cmark.lib.CMARK_OPT_FOOTNOTES

# From cmark-gfm.h.
EVENT_DONE, EVENT_ENTER = 1, 2
BULLETS = 1
LIST, CODE_BLOCK, HTML_BLOCK, FOOTNOTE = 0x8003, 0x8005, 0x8006, 0x800B
TEXT, HTML_INLINE = 0xC001, 0xC005
DECLARATIONS = """
    typedef struct cmark_node cmark_node;
    typedef struct cmark_iter cmark_iter;
    typedef struct cmark_parser cmark_parser;
    typedef struct cmark_llist cmark_llist;
    typedef struct cmark_syntax_extension cmark_syntax_extension;
    typedef struct cmark_mem {
        void *(*calloc)(size_t, size_t);
        void *(*realloc)(void *, size_t);
        void (*free)(void *);
    } cmark_mem;
    cmark_mem *cmark_get_default_mem_allocator(void);
    void cmark_gfm_core_extensions_ensure_registered(void);
    cmark_syntax_extension *cmark_find_syntax_extension(const char *name);
    cmark_parser *cmark_parser_new(int options);
    int cmark_parser_attach_syntax_extension(cmark_parser *parser, cmark_syntax_extension *extension);
    cmark_llist *cmark_parser_get_syntax_extensions(cmark_parser *parser);
    void cmark_parser_feed(cmark_parser *parser, const char *buffer, size_t len);
    cmark_node *cmark_parser_finish(cmark_parser *parser);
    void cmark_parser_free(cmark_parser *parser);
    char *cmark_render_html(cmark_node *root, int options, cmark_llist *extensions);
    cmark_iter *cmark_iter_new(cmark_node *root);
    int cmark_iter_next(cmark_iter *iter);
    cmark_node *cmark_iter_get_node(cmark_iter *iter);
    void cmark_iter_free(cmark_iter *iter);
    cmark_node *cmark_node_new(unsigned int type);
    unsigned int cmark_node_get_type(cmark_node *node);
    const char *cmark_node_get_literal(cmark_node *node);
    int cmark_node_set_literal(cmark_node *node, const char *content);
    int cmark_node_replace(cmark_node *old, cmark_node *replacement);
    void cmark_node_free(cmark_node *node);
    cmark_node *cmark_node_first_child(cmark_node *node);
    cmark_node *cmark_node_next(cmark_node *node);
    int cmark_node_get_list_type(cmark_node *node);
    int cmark_node_get_start_line(cmark_node *node);
    int cmark_node_get_end_line(cmark_node *node);
"""

_lock = Lock()


class Places(NamedTuple):
    """Which lines of a text, counted from 0, the parts of its page come from, in the order of the page.

    `blocks`: a paragraph, a table, an item of an outermost list with bullets, whatever else is outermost. Empty where
    that is not known. `notes`: the footnotes, which stand together at the end and may be written anywhere.
    """

    blocks: tuple[range, ...]
    notes: tuple[range, ...]


def to_html(text: str) -> str:
    """Return the page of `text`: every tag in it is cmark's own, none is the author's.

    It is not sanitised: addresses and ids are still as the author wrote them. Lone surrogates become "?".
    """
    # The lock is held to the end: a hostile text takes up to 450 times its size in memory, so one at a time.
    with _lock:
        return _to_html(_library(), text.encode("utf-8", "replace"))


def places(text: str) -> Places:
    """Return which lines of `text` each part of its page comes from; what the page does not show is not among them."""
    with _lock:
        library = _library()
        source = text.encode("utf-8", "replace")
        parser, root = _parsed(library, source)
        try:
            notes = [at for at in _children(library, root) if library.cmark_node_get_type(at) == FOOTNOTE]
            return Places(tuple(_ranges(library, root)), tuple(_lines(library, note) for note in notes))
        finally:
            library.cmark_node_free(root)
            library.cmark_parser_free(parser)


def _parsed(library: Any, source: bytes) -> tuple[Any, Any]:
    """Return a parser and the tree that it made; both are to be freed."""
    parser = library.cmark_parser_new(OPTIONS)
    for name in EXTENSIONS:
        library.cmark_parser_attach_syntax_extension(parser, library.cmark_find_syntax_extension(name))
    library.cmark_parser_feed(parser, source, len(source))
    return parser, library.cmark_parser_finish(parser)


def _blocks(library: Any, root: Any) -> Iterator[Any]:
    for block in _children(library, root):
        kind = library.cmark_node_get_type(block)
        if kind == LIST and library.cmark_node_get_list_type(block) == BULLETS:
            yield from _children(library, block)
        elif kind != FOOTNOTE and not (kind == HTML_BLOCK and _is_comment(library, block)):
            yield block


def _ranges(library: Any, root: Any) -> list[range]:
    """Return the lines of each block. cmark counts a paragraph that stands right above a table to the table."""
    ranges: list[range] = []
    for block in _blocks(library, root):
        lines = _lines(library, block)
        if ranges and ranges[-1].start < 0:
            rows = sum(1 for _ in _children(library, block))
            start = lines.stop - rows - 1  # each is a line, and so is what parts the first from the others
            ranges[-1], lines = range(lines.start, start), range(start, lines.stop)
        ranges.append(lines)
    return ranges


def _children(library: Any, node: Any) -> Iterator[Any]:
    child = library.cmark_node_first_child(node)
    while child:
        yield child
        child = library.cmark_node_next(child)


def _lines(library: Any, node: Any) -> range:
    start = library.cmark_node_get_start_line(node) - 1
    if library.cmark_node_get_type(node) == HTML_BLOCK:
        return range(start, start + len(_literal(library, node).split(b"\n")))  # cmark leaves out the last one of some
    return range(start, library.cmark_node_get_end_line(node))


def _to_html(library: Any, source: bytes) -> str:
    parser, root = _parsed(library, source)
    try:
        if b"<" in source:
            _show_raw_html(library, root)
        page = library.cmark_render_html(root, OPTIONS, library.cmark_parser_get_syntax_extensions(parser))
        try:
            return _ffi().string(page).decode()
        finally:
            library.cmark_get_default_mem_allocator().free(page)
    finally:
        library.cmark_node_free(root)
        library.cmark_parser_free(parser)


def _show_raw_html(library: Any, root: Any) -> None:
    # Left alone, cmark puts "<!-- raw HTML omitted -->" for it: what someone typed would be gone from the page
    # without a word. Shown as it was typed (a block as code) nothing is lost, and it is plain that tags do
    # nothing here. A comment alone is what its author meant to hide, so it is hidden.
    shown_as = {HTML_INLINE: TEXT, HTML_BLOCK: CODE_BLOCK}
    events = library.cmark_iter_new(root)
    try:
        while (event := library.cmark_iter_next(events)) != EVENT_DONE:
            if event != EVENT_ENTER:
                continue
            raw = library.cmark_iter_get_node(events)
            kind = shown_as.get(library.cmark_node_get_type(raw))
            if kind is not None:
                if not _is_comment(library, raw):
                    shown = library.cmark_node_new(kind)
                    library.cmark_node_set_literal(shown, library.cmark_node_get_literal(raw))
                    library.cmark_node_replace(raw, shown)
                library.cmark_node_free(raw)
    finally:
        library.cmark_iter_free(events)


def _is_comment(library: Any, raw: Any) -> bool:
    literal = _literal(library, raw)
    return literal.startswith(b"<!--") and literal.find(b"-->", 4) == len(literal) - 3


def _literal(library: Any, raw: Any) -> bytes:
    """Return raw HTML as it was typed, without the space around it."""
    literal: bytes = _ffi().string(library.cmark_node_get_literal(raw)).strip()
    return literal


@cache
def _library() -> Any:
    # The functions that cmarkgfm leaves out of its own binding are in the same shared object.
    library = _ffi().dlopen(_cmark.__file__)
    library.cmark_gfm_core_extensions_ensure_registered()
    return library


@cache
def _ffi() -> Any:
    ffi = cffi.FFI()
    ffi.cdef(DECLARATIONS)
    return ffi
