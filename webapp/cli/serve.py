"""`stet serve`: bring the database up to date and serve with the production server."""

import gc
import http.client
import socket
import threading
import time
from collections.abc import Callable

import click
from flask import current_app
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from webapp import schema
from webapp.cli import saying
from webapp.config import Config
from webapp.database import db
from webapp.operations import setup

THREADS = 4
"""Requests that a process works on at once; more would wait for each other's turn to write."""
PATIENCE_SECONDS = 5
"""How long a worker may finish what it is doing when the server stops."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  which address to ask, not one to listen on


@click.command()
@saying.refusals
@with_appcontext
def serve() -> None:
    """Upgrade the database if it needs that, and serve until SIGTERM or Ctrl-C."""
    config: Config = current_app.extensions["stet"]
    _must_be_free(config)
    schema.bring_up_to_date()
    address = f"http://{_written(config.host)}:{config.port}"
    link = setup.link(address)
    db.session.remove()
    db.engine.dispose()  # no connection may cross into a worker
    server = Granian(
        "webapp.__main__:in_worker",
        factory=True,
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=THREADS,
        workers_kill_timeout=PATIENCE_SECONDS,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: _when_ready(config, lambda: _say_ready(address, link)))
    gc.collect()
    gc.freeze()  # what is loaded by now is shared with the workers: collecting in them would copy its pages
    server.serve()


def _must_be_free(config: Config) -> None:
    """Refuse an address that somebody serves already: the server itself would share it, and its visitors, silently."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot serve on {config.host} port {config.port}: {error.strerror}."
            ) from error


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _when_ready(config: Config, say: Callable[[], None]) -> None:
    """Call `say` once the server answers; asked in a thread, because the workers only start after this."""
    threading.Thread(target=_wait, args=(config, say), daemon=True).start()


def _wait(config: Config, say: Callable[[], None]) -> None:
    host = EVERYWHERE.get(config.host, config.host)
    headers = {"Host": config.trusted_hosts[0].lstrip(".")} if config.trusted_hosts else {}
    for _ in range(600):
        time.sleep(0.1)  # first: while this thread sleeps it holds no lock that a forked worker would inherit
        connection = http.client.HTTPConnection(host, config.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers=headers)
            if connection.getresponse().status == 200:
                say()
                return
        except OSError:
            continue
        finally:
            connection.close()


def _say_ready(address: str, link: str | None) -> None:
    click.echo(f"Stet is ready at {address}")
    if link is not None:
        click.echo(f"Make the first administrator (the link works once, for 30 minutes):\n  {link}")
