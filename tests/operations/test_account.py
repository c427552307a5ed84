"""What people change about their own account."""

import pytest
import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.errors import Invalid, Throttled
from webapp.history.sign_in import user_of
from webapp.models import Event
from webapp.operations import account, passwords, sign_in

pytestmark = pytest.mark.only("sqlite", "these statements are the same on both")

OLD, NEW = "a fine long sentence", "another long sentence"


@pytest.fixture
def ana(app, cast):
    """Return the author, with a password."""
    kept = passwords.hash_of(OLD)
    with transaction():
        cast.author.password_hash = kept
    return cast.author


def change(user, *, current: str = OLD, password: str = NEW, token: str = "") -> None:
    account.change_password(user, current=current, password=password, token=token, address="192.0.2.7")


def test_a_new_password_ends_all_other_sessions(ana):
    here, elsewhere = (sign_in.start(ana, user_agent="") for _ in range(2))
    change(ana, token=here)
    assert [user_of(token) for token in (here, elsewhere)] == [ana, None]
    assert passwords.matches(ana.password_hash, NEW) is True
    assert db.session.scalars(sa.select(Event.verb).order_by(Event.id)).all()[-1] == "change password"


def test_it_needs_the_current_one(ana):
    elsewhere = sign_in.start(ana, user_agent="")
    with pytest.raises(Invalid) as refused:
        change(ana, current="not the current one")
    assert refused.value.fields == {"current": "This is not your current password."}
    assert passwords.matches(ana.password_hash, OLD) is True
    assert user_of(elsewhere) is ana


def test_it_follows_the_rules(ana):
    with pytest.raises(Invalid) as refused:
        change(ana, password="short")
    assert list(refused.value.fields) == ["password"]


def test_guessing_the_current_one_is_slowed_down(ana):
    for _ in range(5):
        with pytest.raises(Invalid):
            change(ana, current="not the current one")
    with pytest.raises(Throttled):
        change(ana)
    assert passwords.matches(ana.password_hash, OLD) is True
