"""Drafts go for good once they have been over for long enough."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from webapp import clock
from webapp.database import db, version_class
from webapp.history import drafts as reading
from webapp.models import Draft, DraftText, Post
from webapp.operations import drafts, forget
from webapp.operations.drafts import Sender


def begin(post: Post, by, *, form: str = "form", body: str = "one a") -> int:
    sender = Sender(save_id=form, turn=1, seen=post.revision)
    kept = drafts.autosave(post.id, title="A post", body=body, tags="", note="", sender=sender, by=by)
    assert kept.draft_id is not None
    return kept.draft_id


def left() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Draft.id).order_by(Draft.id)))


@pytest.fixture
def later(monkeypatch):
    """`later(days=3)` moves the clock on."""

    def later(**span: float) -> None:
        moment = clock.now() + timedelta(**span)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return later


def test_a_draft_goes_thirty_days_after_it_ended(write, cast, later):
    post = write("one")
    discarded, still_open = begin(post, cast.author), begin(post, cast.author, form="other")
    drafts.discard(discarded, by=cast.author)

    later(days=29)
    assert (forget.by_age(), left()) == (0, [discarded, still_open])
    later(days=2)

    assert (forget.by_age(), left()) == (1, [still_open])
    assert db.session.scalars(sa.select(version_class(Draft).id)).all() == [still_open]
    assert db.session.scalars(sa.select(DraftText.draft_id)).all() == [still_open]


@pytest.fixture
def typed(write, cast, monkeypatch):
    """A draft that was discarded after forty states, ten minutes apart."""
    post, at = write("one"), datetime(2026, 5, 4, 12, 5, tzinfo=UTC)
    for turn in range(1, 41):
        monkeypatch.setattr(clock, "now", lambda at=at + timedelta(minutes=10 * (turn - 1)): at)
        sender = Sender(save_id="form", turn=turn, seen=post.revision)
        typed = {"title": "A post", "body": f"one {'word ' * turn}", "tags": "", "note": ""}
        drafts.autosave(post.id, **typed, sender=sender, by=cast.author)
    drafts.discard(1, by=cast.author)


def test_states_of_a_draft_that_has_ended_become_fewer_and_fewer(typed, cast, later):
    def states():
        db.session.rollback()
        return [row.number for row in reading.states(reading.card(1, by=cast.author))][::-1]

    later(hours=23)
    assert (forget.thin_out(), len(states())) == (0, 40)
    later(hours=9)
    assert forget.thin_out(dry_run=True) == 32
    assert (forget.thin_out(), states()) == (32, [0, 5, 11, 17, 23, 29, 35, 39])
    assert forget.thin_out() == 0
    later(days=7)
    assert (forget.thin_out(), states()) == (6, [0, 39])
    assert reading.at(1, 0, by=cast.author).body == "one word "


def test_a_draft_that_was_thinned_out_is_read_and_gone_on_with(typed, cast, later):
    later(hours=32)
    forget.thin_out()

    drafts.take_back(1, by=cast.author)
    for turn in range(41, 75):
        begin_at = Sender(save_id="form", turn=turn, seen=0)
        drafts.autosave(1, title="A post", body=f"again {turn}", tags="", note="", sender=begin_at, by=cast.author)

    db.session.rollback()
    kept = [reading.at(1, number, by=cast.author).body for number in (0, 5, 11, 35, 39, 40, 73)]
    assert kept == [f"one {'word ' * (number + 1)}" for number in (0, 5, 11, 35, 39)] + ["again 41", "again 74"]
    assert forget.thin_out() == 0


def test_how_long_can_be_set(app, write, cast, later):
    app.config["DRAFT_DAYS"] = 1
    drafts.discard(begin(write("one"), cast.author), by=cast.author)

    later(days=2)

    assert (forget.by_age(), left()) == (1, [])


def test_a_dry_run_takes_nothing(write, cast, later):
    drafts.discard(begin(write("one"), cast.author), by=cast.author)

    later(days=31)

    assert (forget.by_age(dry_run=True), left()) == (1, [1])


def test_whoever_begins_a_draft_lets_go_of_their_old_ones(write, cast, later):
    post = write("one")
    for by in (cast.author, cast.editor):
        drafts.discard(begin(post, by), by=by)

    later(days=31)
    begin(post, cast.author, form="new")

    assert left() == [2, 3]


def test_a_draft_that_was_let_go_of_is_as_one_that_never_was(write, cast, enter, later):
    drafts.discard(begin(write("one"), cast.author), by=cast.author)

    later(days=31)
    forget.by_age()

    assert reading.of_post(1, by=cast.author) == ()
