"""Whoever lost the right to save a form that was made for them keeps its text; nobody else leaves one."""

import re

import pytest

from webapp.operations import people
from webapp.pure.roles import Role

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")

SAID = {"title": "T", "body": "my last words", "tags": "", "note": "", "seen": "0", "save_id": "f", "turn": "1"}


def hidden(page, name):
    return re.search(rf'<input[^>]* name="{name}" value="([^"]*)"', page.text)[1]


@pytest.mark.parametrize("address", ["/1/update", "/create"])
def test_a_save_of_whoever_lost_the_right_is_a_draft(cast, enter, write, address):
    write("first words")
    given, others = (hidden(enter(person).get(address), "given") for person in (cast.editor, cast.author))
    people.change(cast.editor, role=Role.READER, by=cast.admin)
    editor = enter(cast.editor)

    refused = [editor.send(address, **SAID, given=proof).status_code for proof in ("", others)]
    kept = editor.send(address, **SAID, given=given)

    assert refused == [404, 404]
    assert kept.location == "/drafts/1"
    page = editor.get("/drafts/1")
    assert "Your text is kept here" in page.text
    assert "my last words" in page.text
    assert enter(cast.other).send("/99/update", **SAID, given=given).status_code == 404
