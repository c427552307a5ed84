"""`stet doctor`: whether this machine, its settings and its database are fit for a desk."""

import ipaddress
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import engines
from webapp.cli import saying
from webapp.config import Config
from webapp.database import db
from webapp.history import doctor as examining
from webapp.history.doctor import Finding, State

SHORTEST_KEY = 32
"""Characters of the secret key; the one that is made by itself has 64."""
LITTLE_DISK_BYTES = 1024**3
NO_DISK_BYTES = 100 * 1024**2


@click.command()
@saying.as_json
@with_appcontext
def doctor(*, as_json: bool) -> None:
    """Look for what would cost data or let strangers in; exit code 1 if something is bad. Changes nothing."""
    config: Config = current_app.extensions["stet"]
    findings = [*examining.database(), *_machine(config)]
    ok = all(finding.state is not State.BAD for finding in findings)
    saying.answer(
        {"ok": ok, "findings": [asdict(finding) for finding in findings]},
        "\n".join(f"{finding.state:<8} {finding.check}: {finding.says}" for finding in findings),
        as_json=as_json,
    )
    if not ok:
        sys.exit(1)


def _machine(config: Config) -> Iterator[Finding]:
    yield folder(config.data)
    for what, path in (
        ("database file", engines.sqlite_file(db.engine.url)),
        ("secret key file", config.data / "secret_key"),
        ("signing key file", config.data / "signing_key"),
    ):
        if path is not None and path.exists():
            yield private(what, path)
    yield secret_key(config.secret_key)
    yield hosts(config.host, config.trusted_hosts)
    yield disk(shutil.disk_usage(config.data).free)


def folder(path: Path) -> Finding:
    """Return whether the data folder is its owner's alone."""
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        return Finding("data folder", State.WARNING, f"others may look into {path}: `chmod 700` it")
    return Finding("data folder", State.OK, f"{path} is its owner's alone")


def private(what: str, path: Path) -> Finding:
    """Return whether nobody but its owner can read the file `path`, by its own mode or its folder's."""
    if path.stat().st_mode & 0o044 and path.parent.stat().st_mode & 0o011:
        return Finding(what, State.BAD, f"others can read {path}: `chmod 600` it")
    return Finding(what, State.OK, "nobody else can read it")


def secret_key(key: str) -> Finding:
    """Return whether the key that signs cookies is too long to guess."""
    if len(key) < SHORTEST_KEY:
        says = f"{len(key)} characters can be guessed: take {SHORTEST_KEY} random ones, or leave SECRET_KEY out"
        return Finding("SECRET_KEY", State.BAD, says)
    return Finding("SECRET_KEY", State.OK, f"{len(key)} characters")


def hosts(host: str, trusted: tuple[str, ...]) -> Finding:
    """Return whether a server that other machines reach knows its own names."""
    if trusted:
        return Finding("TRUSTED_HOSTS", State.OK, ", ".join(trusted))
    if _is_loopback(host):
        return Finding("TRUSTED_HOSTS", State.OK, f"not needed: only this machine reaches {host}")
    return Finding("TRUSTED_HOSTS", State.WARNING, f"set it: others reach {host} and may call the desk any name")


def disk(free_bytes: int) -> Finding:
    """Return whether there is room to go on writing."""
    says = f"{free_bytes / 1024**3:.1f} GiB free"
    if free_bytes < NO_DISK_BYTES:
        return Finding("disk", State.BAD, says)
    return Finding("disk", State.WARNING if free_bytes < LITTLE_DISK_BYTES else State.OK, says)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
