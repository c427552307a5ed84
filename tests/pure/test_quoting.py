"""A quotation is short and cannot disturb the sentence around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure.quoting import quote


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("dawn", "“dawn”"),
        ("two\n  lines\tin one", "“two lines in one”"),
        ("a text that is too long to quote", "“a text that is…”"),
        ("“yes” or \"no\"", "“‘yes’ or ’no’”"),
        ("\u202eevil\u202c\u2066x\u2069\x07", "“evilx”"),
        ("שלום", "“\u2068שלום\u2069”"),
        ("\u200b", "something invisible"),
        ("", "something invisible"),
        ("👨\u200d👩\u200d👧", "“👨\u200d👩\u200d👧”"),
        ("<b>&amp;", "“<b>&amp;”"),
    ],
)  # fmt: skip
def test_what_is_quoted(text, quoted):
    assert quote(text, most=16) == quoted


@given(st.text(alphabet=st.characters(), max_size=200))
def test_every_quotation_is_one_short_storable_line(text):
    quoted = quote(text, most=16)

    assert len(quoted) <= 20
    assert quoted.splitlines() == [quoted]
    assert quoted.encode().decode() == quoted
    assert quoted.count("\u2068") == quoted.count("\u2069") <= 1


def test_a_megabyte_is_quoted_by_its_start():
    assert quote("word " * 200_000, most=16) == "“word word word…”"
