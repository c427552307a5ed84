"""Slowing down those who guess: attempts are counted in the database, by all server processes together."""

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction
from webapp.errors import Throttled
from webapp.models import LoginAttempt
from webapp.operations import turns


@dataclass(frozen=True, slots=True)
class _Limit:
    attempts: int
    within: timedelta


PER_ACCOUNT_AND_ADDRESS = _Limit(5, timedelta(minutes=15))
PER_ACCOUNT = _Limit(20, timedelta(hours=1))
PER_ADDRESS = _Limit(50, timedelta(hours=1))
_LONGEST = timedelta(hours=1)


def count(account: str, *, address: str) -> None:
    """Count one more attempt on `account` from the network address `address`, before it is known how it ends.

    Counting first keeps many attempts at once from all finding room. Raises Throttled, and counts nothing,
    when there were too many; the wait is until the oldest of them no longer counts.
    """
    sha256, network = _sha256(account), _network(address)
    its_account, its_address = LoginAttempt.account_sha256 == sha256, LoginAttempt.address == network
    now = clock.now()
    with transaction() as session:
        turns.take(LoginAttempt)
        waits = (
            _wait(PER_ACCOUNT_AND_ADDRESS, now, its_account, its_address),
            _wait(PER_ACCOUNT, now, its_account),
            _wait(PER_ADDRESS, now, its_address),
        )
        if any(waits):
            raise Throttled(max(waits))
        session.execute(sa.delete(LoginAttempt).where(LoginAttempt.at <= now - _LONGEST))
        session.add(LoginAttempt(account_sha256=sha256, address=network, at=now))


@transaction()
def forgive(account: str, *, address: str) -> None:
    """Forget the attempts on `account` from `address`: the last one was right."""
    db.session.execute(
        sa.delete(LoginAttempt).where(
            LoginAttempt.account_sha256 == _sha256(account), LoginAttempt.address == _network(address)
        )
    )


def _wait(limit: _Limit, now: datetime, *conditions: sa.ColumnElement[bool]) -> int:
    """Return the seconds until there is room for one more attempt, 0 if there is now."""
    fills_it = db.session.scalar(
        sa.select(LoginAttempt.at)
        .where(*conditions, LoginAttempt.at > now - limit.within)
        .order_by(LoginAttempt.at.desc())
        .offset(limit.attempts - 1)
        .limit(1)
    )
    return 0 if fills_it is None else math.ceil((fills_it + limit.within - now).total_seconds())


def _sha256(account: str) -> bytes:
    """Return what is kept of what was typed, which may be a password in the wrong field."""
    return hashlib.sha256(account.strip().lower().encode(errors="replace")).digest()


def _network(address: str) -> str:
    """Return the address, for IPv6 the /64 network, which one household or server has to itself."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # a server behind a Unix socket names none
        return address[:45]
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip), 64), strict=False))
    return str(ip)
