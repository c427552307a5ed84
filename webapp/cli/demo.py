"""`stet demo`: something to look at on a new desk."""

import click
from flask.cli import with_appcontext

from webapp import schema
from webapp.cli import saying
from webapp.errors import StetError
from webapp.models import OPERATOR
from webapp.operations import demo as showing
from webapp.operations import imports


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing, and do not fail, where there is something already.")
@saying.refusals
@with_appcontext
def demo(*, if_empty: bool) -> None:
    """Fill an empty desk: a speech in its five drafts, this project's own documents, and three people.

    The passwords are random and shown only here.
    """
    schema.bring_up_to_date()
    if if_empty and not showing.is_empty():
        return
    cast = showing.hire()
    click.echo("Sign in as one of these; the passwords are not shown again:")
    for hired in cast:
        click.echo(f"  {hired.role:8}{hired.email:22}{hired.password}  ({hired.name})")
    saved = showing.speech(cast)
    click.echo(f"Post {saved.post_id}: “{showing.TITLE}”, revisions: {saved.revision + 1}")
    try:
        plans = showing.documents()
    except StetError as error:
        click.echo(f"The project's own documents are left out: {error}")
        return
    for plan in plans:
        with saying.progress(plan.path, len(plan.versions)) as tell:
            imported = imports.carry_out(plan, by=OPERATOR, progress=tell)
        click.echo(f"Post {imported.post_id}: “{imported.title}”, from git, revisions: {imported.revisions}")
