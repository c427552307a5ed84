"""Finds the Chromium that the journeys drive; `python -m e2e.browser` says which, or exits with 1."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from playwright.sync_api import Playwright, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find(playwright: Playwright) -> str | None:
    """Return the path of a browser that starts: Playwright's own, else the machine's, else None."""
    return next(filter(_starts, _candidates(playwright)), None)


def _candidates(playwright: Playwright) -> Iterator[str]:
    yield playwright.chromium.executable_path
    yield from filter(None, map(shutil.which, NAMES))
    yield ON_MACOS


def _starts(path: str) -> bool:
    """Ask it: one that is there may still lack a library."""
    if not Path(path).exists():
        return False
    return subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60).returncode == 0


if __name__ == "__main__":
    with sync_playwright() as playwright:
        found = find(playwright)
    click.echo(found or "no Chromium")
    sys.exit(found is None)
