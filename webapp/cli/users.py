"""`stet users …`: the people of the desk, from the machine that it runs on."""

import json
from collections.abc import Sequence

import click
from flask.cli import AppGroup

from webapp import schema
from webapp.cli import asking, saying
from webapp.errors import Missing
from webapp.history import people as everybody
from webapp.history.people import UserCard
from webapp.models import OPERATOR, User
from webapp.operations import people
from webapp.pure.roles import Role

PERSON = click.argument("person", metavar="PERSON")
ROLE = click.Choice([role.value for role in Role])


@click.group(cls=AppGroup)
def users() -> None:
    """Add people and change what they may do; PERSON is an email or the id that `list` shows."""


@users.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=ROLE, required=True)
@asking.from_stdin
@saying.as_json
@saying.refusals
def add(*, email: str, name: str, role: str, password_stdin: bool, as_json: bool) -> None:
    """Add a person; without a password they cannot sign in until they are given one."""
    schema.bring_up_to_date()
    password = asking.password(password_stdin=True) if password_stdin else None
    user = people.add(email=email, name=name, role=Role(role), password=password, by=OPERATOR)
    hint = "" if password_stdin else f" They can sign in after `stet users password {user.email}`."
    facts: dict[str, object] = {"id": user.public_id, "email": user.email, "name": user.name, "role": role}
    saying.answer(facts, f"{user.name} is here now, as {role}.{hint}", as_json=as_json)


@users.command(name="list")
@saying.as_json
@saying.refusals
def list_all(*, as_json: bool) -> None:
    """Show everybody."""
    schema.bring_up_to_date()
    cards = everybody.cards()
    if as_json:
        click.echo(json.dumps([_facts(card) for card in cards]))
        return
    for line in _lines(cards):
        click.echo(line)


@users.command()
@PERSON
@click.argument("role", type=ROLE)
@saying.refusals
def role(*, person: str, role: str) -> None:
    """Change somebody's role; they sign in anew."""
    user = _find(person)
    people.change(user, role=Role(role), by=OPERATOR)
    click.echo(f"{user.name} is now {role}.")


@users.command()
@PERSON
@asking.from_stdin
@saying.refusals
def password(*, person: str, password_stdin: bool) -> None:
    """Give somebody a new password; they sign in anew."""
    user = _find(person)
    people.change(user, password=asking.password(password_stdin=password_stdin), by=OPERATOR)
    click.echo(f"{user.name} has a new password.")


@users.command()
@PERSON
@saying.refusals
def activate(*, person: str) -> None:
    """Let somebody sign in again."""
    user = _find(person)
    people.change(user, active=True, by=OPERATOR)
    click.echo(f"{user.name} may sign in.")


@users.command()
@PERSON
@saying.refusals
def deactivate(*, person: str) -> None:
    """Shut somebody out; what they wrote stays."""
    user = _find(person)
    people.change(user, active=False, by=OPERATOR)
    click.echo(f"{user.name} may not sign in any more.")


def _find(person: str) -> User:
    schema.bring_up_to_date()
    try:
        return User.with_email(person) or everybody.find(person)
    except Missing:
        raise Missing("Nobody here has this email or id.") from None


def _facts(card: UserCard) -> dict[str, object]:
    return {
        "id": card.public_id,
        "email": card.email or None,
        "name": card.name,
        "role": card.role,
        "active": card.active,
        "last_seen_at": card.last_seen_at and card.last_seen_at.isoformat(),
    }


def _lines(cards: Sequence[UserCard]) -> list[str]:
    """Return one line a person, in columns."""
    rows = [
        (card.public_id, card.role, "active" if card.active else "shut out", card.email or "–", card.name)
        for card in cards
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
