"""Who is signed in, and where."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from webapp.database import db, transaction
from webapp.history import sign_in as signed_in
from webapp.models import SignIn
from webapp.operations import sign_in

sqlite_is_enough = pytest.mark.only("sqlite", "these statements are the same on both")


def ago(token: str, column: str, **span: float) -> None:
    with transaction() as session:
        row = session.scalars(sa.select(SignIn).where(SignIn.token_sha256 == signed_in.token_sha256(token))).one()
        setattr(row, column, getattr(row, column) - timedelta(**span))


def test_a_token_names_its_person_and_no_other_text_does(cast):
    token = sign_in.start(cast.author, user_agent="")
    sign_in.start(cast.editor, user_agent="")
    assert signed_in.user_of(token) is cast.author
    for wrong in ("", "x", token[:-1], token.swapcase(), signed_in.token_sha256(token).hex()):
        assert signed_in.user_of(wrong) is None


@sqlite_is_enough
@pytest.mark.parametrize(
    ("column", "span", "still"),
    [
        ("created_at", {"days": 13, "hours": 23}, True),
        ("created_at", {"days": 14}, False),
        ("last_seen_at", {"days": 2, "hours": 23}, True),
        ("last_seen_at", {"days": 3}, False),
    ],
)
def test_a_session_lasts_fourteen_days_and_three_without_use(cast, column, span, still):
    token = sign_in.start(cast.author, user_agent="")
    ago(token, column, **span)
    assert signed_in.user_of(token) is (cast.author if still else None)
    assert len(signed_in.sessions(cast.author, token=token)) == still


@sqlite_is_enough
def test_whoever_is_shut_out_is_not_signed_in(cast):
    token = sign_in.start(cast.author, user_agent="")
    with transaction():
        cast.author.active = False
    assert signed_in.user_of(token) is None


@sqlite_is_enough
def test_asking_takes_one_statement(cast):
    token = sign_in.start(cast.author, user_agent="")
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    db.session.rollback()
    user = signed_in.user_of(token)
    assert (user.name, user.role) == ("Ana Ruiz", "author")
    assert [statement.split()[0] for statement in statements] == ["SELECT"]


@sqlite_is_enough
def test_one_sees_ones_own_sessions_last_used_first(cast):
    phone = sign_in.start(cast.author, user_agent="Mozilla/5.0 (iPhone) Safari/604.1")
    desk = sign_in.start(cast.author, user_agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/144.0")
    sign_in.start(cast.editor, user_agent="Edg/142")
    ago(desk, "last_seen_at", hours=1)
    shown = signed_in.sessions(cast.author, token=desk)
    assert [(session.device, session.current) for session in shown] == [
        ("Safari on iPhone", False),
        ("Firefox on Linux", True),
    ]
    assert [session.current for session in signed_in.sessions(cast.author, token=phone)] == [True, False]
    assert [session.current for session in signed_in.sessions(cast.author, token=None)] == [False, False]
