"""Let go of drafts: by and by once they have ended, and when what they grew from is erased."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa
from flask import current_app

from webapp import clock
from webapp.database import db, transaction, version_class
from webapp.models import Draft, DraftText, User
from webapp.pure import batches, delta, retention

_DRAFT = cast(sa.Table, Draft.__table__)
_STATE = cast(sa.Table, version_class(Draft).__table__)
THINNING = retention.parse("after a day keep one an hour, after a week keep one a day")
"""Which states of a draft that has ended are kept until all of it goes."""
RECENT = 5
"""Drafts that are thinned out when somebody begins another: a few, because they wait for it."""


def by_age(*, of: User | None = None, dry_run: bool = False) -> int:
    """Delete the drafts that ended more than `DRAFT_DAYS` ago with all their states, and return how many.

    Of one person, inside of the transaction that is under way, or everybody's, in one of its own.
    """
    before = clock.now() - timedelta(days=current_app.config["DRAFT_DAYS"])
    with transaction():
        old = sa.select(Draft.id).where(Draft.ended_at < before)
        ids = db.session.scalars(old if of is None else old.where(Draft.owner_id == of.id).limit(batches.SIZE)).all()
        if not dry_run:
            _delete(ids)
        return len(ids)


def thin_out(*, of: User | None = None, dry_run: bool = False) -> int:
    """Delete states of drafts that have ended, as `THINNING` says, and return how many; the first and the last stay.

    Of the `RECENT` ones of one person, inside of the transaction that is under way, or everybody's, in one of its own.
    """
    now = clock.now()
    with transaction():
        old = sa.select(Draft.id).where(Draft.ended_at < now - THINNING.rules[0].after, Draft.state > 1)
        if of is not None:
            old = old.where(Draft.owner_id == of.id).order_by(Draft.ended_at.desc()).limit(RECENT)
        ids = db.session.scalars(old.with_for_update(skip_locked=True)).all()
        return sum(_thin(draft_id, now=now, dry_run=dry_run) for draft_id in ids)


def of_post(post_id: int) -> None:
    """Delete all drafts of a post, open ones too; for the transaction that erases it."""
    of_it = Draft.post_id == post_id
    db.session.execute(sa.update(_DRAFT).where(of_it, Draft.ended_at.is_(None)).values(ended_at=clock.now()))
    _delete(db.session.scalars(sa.select(Draft.id).where(of_it)).all())


def past_states(post_id: int) -> None:
    """Delete the ended drafts of a post, and what open ones said before; for the transaction that erases a revision.

    What was erased was typed in drafts first. An open one goes on with its newest state alone.
    """
    of_it = Draft.post_id == post_id
    _delete(db.session.scalars(sa.select(Draft.id).where(of_it, Draft.ended_at.is_not(None))).all())
    for draft in db.session.scalars(sa.select(Draft).where(of_it).with_for_update()):
        _begin_again(draft)


def lean_on_others(text_ids: Collection[int]) -> None:
    """Pack anew what drafts lean on these texts of their post; for the transaction that deletes them."""
    for batch in batches.of(sorted(text_ids)):
        leaning = sa.select(DraftText.draft_id, DraftText.seq).where(DraftText.root_id.in_(batch))
        for draft_id, seq in db.session.execute(leaning).all():
            packed = delta.pack(DraftText.unpack(draft_id, seq), None)
            db.session.execute(
                sa.update(DraftText)
                .where(DraftText.draft_id == draft_id, DraftText.seq == seq)
                .values(root_id=None, packed=packed)
            )


def _thin(draft_id: int, *, now: datetime, dry_run: bool) -> int:
    of_it = _STATE.c.id == draft_id
    states = db.session.execute(sa.select(_STATE.c.state, _STATE.c.kept_at, _STATE.c.text_seq).where(of_it)).all()
    going = THINNING.thin((retention.Kept(row.state, row.kept_at) for row in states), now=now)
    if going and not dry_run:
        texts = db.session.scalars(sa.select(DraftText.seq).where(DraftText.draft_id == draft_id)).all()
        # What the others lean on stays, and what the next one would lean on if the draft is taken back.
        gone = set(going)
        tips = {max(texts), *(row.text_seq for row in states if row.state not in gone)}
        for batch in batches.of(going):
            db.session.execute(sa.delete(_STATE).where(of_it, _STATE.c.state.in_(batch)))
        for batch in batches.of(sorted(set(texts).difference(*map(delta.path, tips)))):
            db.session.execute(sa.delete(DraftText).where(DraftText.draft_id == draft_id, DraftText.seq.in_(batch)))
    return len(going)


def _begin_again(draft: Draft) -> None:
    """Put a copy of the draft's newest state in its place."""
    body = DraftText.unpack(draft.id, draft.text_seq)
    kept = {column.name: getattr(draft, column.name) for column in _DRAFT.columns if column.name != "id"}
    copy = Draft(**kept | {"state": 0, "text_seq": 0})
    draft.ended_at = clock.now()
    db.session.add(copy)
    db.session.flush()
    DraftText.keep(copy.id, body, root_id=None)
    _delete([draft.id])


def _delete(draft_ids: Sequence[int]) -> None:
    for batch in batches.of(draft_ids):
        db.session.execute(sa.delete(DraftText).where(DraftText.draft_id.in_(batch)))
        db.session.execute(sa.delete(_STATE).where(_STATE.c.id.in_(batch)))
        db.session.execute(sa.delete(_DRAFT).where(Draft.id.in_(batch)))
