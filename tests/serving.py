"""Runs `stet serve` the way people do: in a process of its own, with nothing but an environment."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STET = (sys.executable, "-m", "webapp")
SETTINGS = (
    "DATABASE_URL",
    "HOST",
    "SECRET_KEY",
    "STET_WORKERS",
    "TRUSTED_HOSTS",
    "STET_PROXY_HOPS",
    "STET_MAX_BODY_BYTES",
)
READY_SECONDS = 60
STOP_SECONDS = 10


@dataclass
class Server:
    """A running server; `said` is what it has written so far."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        """What it has written so far."""
        return self.log.read_text()

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Return the match of the first line like `pattern`. Raises AssertionError when it is not said in time."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            # Only whole lines: the last one may be half written.
            whole = self.said.rpartition("\n")[0]
            if found := re.search(pattern, whole, re.MULTILINE):
                return found
            assert self.process.poll() is None, f"stet serve ended:\n{self.said}"
            time.sleep(0.05)
        raise AssertionError(f"stet serve did not say {pattern!r}:\n{self.said}")

    def stop(self) -> int:
        """End it as a service manager does, and return the exit code."""
        self.process.terminate()
        return self.process.wait(STOP_SECONDS)

    def interrupt(self) -> int:
        """End it as Ctrl-C does in a terminal, where every process of the group hears it; return the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(STOP_SECONDS)


@contextmanager
def start(
    data: Path,
    *,
    database_url: str | None = None,
    cwd: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Give a server on a free port with its files in `data`, and end it afterwards; it may not be ready yet."""
    port = _free_port()
    log = data.with_name(f"{data.name}-{port}.log")
    env = environment(data, database_url=database_url) | {"PORT": str(port)} | dict(environ or {})
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*STET, "serve"],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Server(f"http://127.0.0.1:{port}", process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def run(*arguments: str, data: Path, database_url: str | None = None, say: str = "") -> str:
    """Return what `stet ARGUMENTS` prints when `say` is typed."""
    env = environment(data, database_url=database_url)
    return subprocess.run([*STET, *arguments], env=env, input=say, capture_output=True, text=True, check=True).stdout


def environment(data: Path, *, database_url: str | None = None) -> dict[str, str]:
    """Return this process's environment with the settings of a desk in `data` and no others."""
    env = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    env["STET_DATA"] = str(data)
    if database_url is not None:
        env["DATABASE_URL"] = database_url
    return env


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
