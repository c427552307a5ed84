"""Texts of drafts: equal ones once, the first on top of the revision, each back as it was, damage noticed."""

import pytest
import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.models import DraftText, StoredText
from webapp.operations import drafts
from webapp.operations.drafts import Sender
from webapp.pure import delta

LONG = "some words that stay\n" * 500


@pytest.fixture
def draft(write, cast):
    """A draft whose first text leans on the revision that it grew from."""
    sender = Sender(save_id="form", turn=1, seen=0)
    drafts.autosave(write(LONG).id, title="", body=f"{LONG}0", tags="", note="", sender=sender, by=cast.author)
    return 1


def keep(draft, *texts):
    with transaction():
        return [DraftText.keep(draft, text.encode(), root_id=None) for text in texts]


def test_a_text_comes_back_as_it_was(draft):
    texts = ["", "a", "é漢👨‍👩‍👧‍👦", "\r\n\ufeff", *(f"{LONG}{number}" for number in range(1, 40))]

    seqs = keep(draft, *texts)

    assert [DraftText.unpack(draft, seq).decode() for seq in seqs] == texts
    assert DraftText.unpack(draft, 0).decode() == f"{LONG}0"


def test_an_equal_text_is_kept_once(draft):
    assert keep(draft, "a", "b", "a", f"{LONG}0") == [1, 2, 1, 0]


def test_the_first_text_leans_on_the_revision_and_the_others_on_each_other(draft):
    keep(draft, *(f"{LONG}{number}" for number in range(1, 20)))

    rows = db.session.execute(
        sa.select(DraftText.seq, DraftText.base_seq, DraftText.root_id, sa.func.length(DraftText.packed))
    ).all()
    root = db.session.scalar(sa.select(StoredText.id))
    assert [tuple(row[:3]) for row in rows] == [(seq, delta.base_of(seq), None if seq else root) for seq in range(20)]
    assert max(row[3] for row in rows) < 60


def test_what_a_draft_leans_on_cannot_be_deleted(draft):
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(sa.text("UPDATE post SET text_id = NULL"))
        db.session.execute(sa.delete(StoredText))


def test_damage_is_noticed(draft, tamper):
    tamper("UPDATE draft_text SET sha256 = :other", other=b"\x01" * 32)

    with pytest.raises(delta.Damaged):
        DraftText.unpack(draft, 0)


def test_a_missing_step_is_noticed(draft, tamper):
    keep(draft, "a")
    tamper("DELETE FROM draft_text WHERE seq = 0")

    with pytest.raises(delta.Damaged):
        DraftText.unpack(draft, 1)
