"""`stet setup`: the first administrator, without a browser."""

import click
from flask.cli import with_appcontext

from webapp import schema
from webapp.cli import asking, saying
from webapp.errors import Missing
from webapp.history import people as everybody
from webapp.operations import setup as setting_up


@click.command()
@click.option("--email", help="Asked for when left out, and so is --name.")
@click.option("--name")
@asking.from_stdin
@saying.refusals
@with_appcontext
def setup(*, email: str | None, name: str | None, password_stdin: bool) -> None:
    """Make the first administrator of an empty desk."""
    schema.bring_up_to_date()
    if everybody.has_administrator():
        raise Missing(setting_up.DONE)
    user = setting_up.first_administrator(
        name=name or click.prompt("Name"),
        email=email or click.prompt("Email"),
        password=asking.password(password_stdin=password_stdin),
    )
    click.echo(f"{user.name} is the administrator and signs in as {user.email}.")
