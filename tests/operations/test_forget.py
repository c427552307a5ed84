"""Drafts go for good once they have been over for long enough."""

from datetime import timedelta

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
