"""Drafts as rows: found by the form that writes them; the database holds their states fast while they are open."""

import pytest
import sqlalchemy as sa

from tests.databases import refusal
from webapp.database import version_class
from webapp.models import Draft
from webapp.operations import drafts
from webapp.operations.drafts import Sender

STATE = version_class(Draft).__table__


def begin(post, by, *, form="form", body="one a"):
    sender = Sender(save_id=form, turn=1, seen=0)
    return drafts.autosave(post.id, title="A post", body=body, tags="", note="", sender=sender, by=by).draft_id


@pytest.fixture
def post(write):
    return write("one")


def test_a_draft_is_found_by_its_form(post, cast):
    begin(post, cast.author, form="this")
    begin(post, cast.editor, form="that")

    found = [Draft.of_form(user.id, form) for user in (cast.author, cast.editor) for form in ("this", "that")]

    assert found == [1, None, None, 2]


def test_of_two_drafts_of_one_form_the_newer_one_is_its_own(post, cast):
    begin(post, cast.author)
    drafts.discard(1, by=cast.author)
    sender = Sender(save_id="form", turn=2, seen=0)
    drafts.autosave(post.id, title="A post", body="one b", tags="", note="", sender=sender, by=cast.author)

    assert Draft.of_form(cast.author.id, "form") == 2


def test_a_state_is_never_changed(post, cast):
    begin(post, cast.author)
    drafts.discard(1, by=cast.author)

    assert refusal(sa.update(STATE).values(title="another")) == "draft_version is append-only"


def test_an_open_draft_and_its_states_stay(post, cast):
    begin(post, cast.author)

    assert refusal(sa.delete(STATE)) == "draft_version is append-only"
    assert refusal(sa.text("DELETE FROM draft")) == "draft is append-only"


@pytest.mark.only("sqlite", "PostgreSQL has no REPLACE")
def test_a_state_is_not_replaced(post, cast):
    begin(post, cast.author)

    kept = "id, state, text_seq, tags, note, seen, source, kept_at, transaction_id, operation_type"
    replacing = f"REPLACE INTO draft_version ({kept}, title) SELECT {kept}, 'another' FROM draft_version"
    assert refusal(sa.text(replacing)) == "draft_version is append-only"
    another = kept.replace("state", "state + 1", 1)
    replacing = f"REPLACE INTO draft_version ({kept}, title) SELECT {another}, 'another' FROM draft_version"
    assert refusal(sa.text(replacing)) == "draft_version is append-only"
    assert refusal(sa.text("REPLACE INTO draft SELECT * FROM draft")) == "draft is append-only"
