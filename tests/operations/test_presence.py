"""Signs of people at a post: seen by the others for a minute, and never in anybody's way."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from webapp import clock
from webapp.database import db
from webapp.errors import Missing, NotAllowed
from webapp.history import presence as reading
from webapp.models import Presence
from webapp.operations import posts, presence


def seen(by, post_id=1):
    db.session.rollback()
    return [(one.person.name, one.editing) for one in reading.others(post_id, by=by)]


@pytest.fixture
def later(monkeypatch):
    """`later(61)` moves the clock on by so many seconds."""

    def later(seconds: float) -> None:
        moment = clock.now() + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return later


def test_the_others_see_who_edits_and_who_looks(write, cast):
    write("one")
    presence.note(1, editing=False, by=cast.admin)
    presence.note(1, editing=True, by=cast.editor)

    assert seen(cast.author) == [("Ed Itor", True), ("Ada Admin", False)]
    assert seen(cast.editor) == [("Ada Admin", False)]
    assert seen(cast.author, post_id=2) == []


def test_whoever_looks_in_one_tab_and_types_in_another_edits(write, cast):
    write("one")
    presence.note(1, editing=True, by=cast.editor)
    presence.note(1, editing=False, by=cast.editor)

    assert seen(cast.author) == [("Ed Itor", True)]


def test_somebody_who_is_not_heard_of_for_a_minute_is_gone(write, cast, later):
    write("one")
    presence.note(1, editing=True, by=cast.editor)

    later(40)
    presence.note(1, editing=False, by=cast.editor)
    later(40)
    assert seen(cast.author) == [("Ed Itor", False)]
    later(61)
    assert seen(cast.author) == []
    presence.note(1, editing=False, by=cast.admin)

    assert db.session.scalars(sa.select(Presence.user_id)).all() == [cast.admin.id]


def test_a_young_sign_is_not_written_again(write, cast, later, statements):
    write("one")
    presence.note(1, editing=False, by=cast.editor)

    def said(*, editing):
        with statements() as said:
            presence.note(1, editing=editing, by=cast.editor)
        return [statement.split()[0] for statement in said]

    assert said(editing=False) == ["SELECT"]
    assert said(editing=True)[-1] == "UPDATE"
    assert said(editing=True) == ["SELECT"]
    later(21)
    assert said(editing=False)[-1] == "UPDATE"


def test_it_is_no_lock(write, cast):
    post = write("one")
    presence.note(1, editing=True, by=cast.editor)

    saved = posts.write(post, title="A post", body="two", tags="", note="", seen=0, by=cast.author)

    assert saved.made


def test_who_may_not_edit_leaves_no_sign(write, cast):
    write("one")

    with pytest.raises(NotAllowed):
        presence.note(1, editing=True, by=cast.other)
    with pytest.raises(Missing):
        presence.note(99, editing=True, by=cast.admin)
