"""`stet`, or `python -m webapp`: the command line on the application."""

import signal
import sys

import click
from flask import Flask
from flask.cli import ScriptInfo

from webapp import cli, create_app


def in_worker() -> Flask:
    """Return the application for a process of the server, which from now on is deaf to Ctrl-C.

    A terminal sends it to the whole group, and a worker that gets it as well as its parent's SIGTERM may never end
    (granian 2.8). Blocked, not ignored: the server sets a handler of its own after this.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return create_app()


def main() -> None:
    """Run the command line; never returns. A setting that cannot be understood ends it with exit code 2."""
    stet = click.Group(
        name="stet",
        help="Stet, an editorial desk where every edit is kept.",
        commands={command.name or "": command for command in cli.COMMANDS},
    )
    stet = click.version_option(package_name="stet")(stet)
    try:
        app = create_app()
    except ValueError as error:
        click.echo(f"stet: {error}", err=True)
        sys.exit(2)
    stet.main(prog_name="stet", obj=ScriptInfo(create_app=lambda: app))


if __name__ == "__main__":
    main()
