"""Rows of the timeline, remembered and never out of date."""

import re
from dataclasses import replace

import pytest

from webapp.history import head, timeline
from webapp.models import OPERATOR, Post
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


def test_only_a_note_sets_the_direction_of_its_line(entry):
    """What the desk says itself runs from left to right, though it may begin with a quoted word of an Arabic text."""
    texts = [
        re.search(
            r'<span class="revision-what"(.*?)>', rows.revision_row(entry._replace(note=note), "/1/update", None)
        )[1]
        for note in ("", "ملاحظة")
    ]

    assert texts == ["", ' dir="auto"']


@pytest.fixture
def session(app, write, cast):
    write("zero", "one", "two", post=write("old"))
    write("other", post=Post.get(1), by=cast.editor)
    with app.test_request_context():
        yield timeline.page(head.of(1, by=OPERATOR)).entries[1:]


def test_a_session_is_drawn_anew_for_another_clock_and_when_something_in_it_changed(app, session):
    drawn = []
    for zone, entries in (
        ("UTC", session),
        ("Pacific/Kiritimati", session),
        ("UTC", (session[0]._replace(words_added=77), *session[1:])),
        ("UTC", session),
    ):
        with app.test_request_context(headers={"Cookie": f"timezone={zone}"}):
            drawn.append(str(rows.revision_days(entries, "/1/update", selected=None, latest=99)))

    assert drawn[3] == drawn[0]
    assert len(set(drawn)) == 3
    assert "+77" in drawn[2]


def test_a_hostile_name_in_the_line_of_a_session_is_escaped(session):
    hostile = replace(session[0].editor, name="<script>alert(1)</script>")

    drawn = rows.revision_days([entry._replace(editor=hostile) for entry in session], "/", selected=None, latest=99)

    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 1 + len(session)
