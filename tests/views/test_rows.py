"""Rows of the timeline, remembered and never out of date."""

import re
from dataclasses import replace

import pytest

from webapp.history import head, timeline
from webapp.models import OPERATOR
from webapp.views import rows

pytestmark = pytest.mark.only("sqlite", "a row is drawn from values")


@pytest.fixture
def entry(app, write):
    write("zero", "one")
    with app.test_request_context():
        yield timeline.page(head.of(1, by=OPERATOR)).entries[0]


def test_a_row_is_a_link_whose_name_starts_with_the_revision(entry):
    row = rows.revision_row(entry, "/1/update", None)

    assert re.search(r'<a class="revision" href="/1/update\?revision=1"', row)
    assert "Revision 1, " in row


def test_only_the_selected_row_is_marked(entry):
    assert ['aria-current="true"' in rows.revision_row(entry, "/1/update", number) for number in (None, 0, 1)] == [
        False,
        False,
        True,
    ]


def test_a_row_that_changed_is_drawn_anew(entry):
    before = rows.revision_row(entry, "/1/update", None)

    erased = rows.revision_row(entry._replace(note="", summary="Text no longer kept", gone="erased"), "/1/update", None)

    assert "erased" in erased
    assert "erased" not in before


def test_a_hostile_name_and_note_are_escaped(entry):
    hostile = "<script>alert(1)</script>"
    entry = entry._replace(note=hostile, summary=hostile, editor=replace(entry.editor, name=hostile))

    assert "<script" not in rows.revision_row(entry, "/1/update", None)
