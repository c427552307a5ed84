"""Reading who is there."""

from webapp.history import presence as reading
from webapp.operations import presence


def test_one_question_for_however_many(write, cast, statements):
    write("one")
    for person in (cast.admin, cast.editor, cast.author):
        presence.note(1, editing=True, by=person)

    with statements() as said:
        others = reading.others(1, by=cast.author)

    assert (len(others), len(said)) == (2, 1)
