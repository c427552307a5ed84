"""A real server as a process tree of its own, and what it costs: CPU time and memory."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
_SETTINGS = ("DATABASE_URL", "HOST", "PORT", "SECRET_KEY", "STET_", "TRUSTED_HOSTS")
"""What may be set where the benchmark is started and would make another server of it."""
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `processes` are it and its workers."""

    port: int
    processes: tuple[psutil.Process, ...]

    def cpu_seconds(self) -> float:
        """Return the CPU time that all its processes have used so far, in user and system mode."""
        return sum(map(_cpu_seconds, self.processes))

    def memory_bytes(self) -> int:
        """Return what it takes of the machine's memory: pages that several processes share count once."""
        return sum(map(_memory_bytes, self.processes))


@contextmanager
def running(module: str, *arguments: str, environment: Mapping[str, str], path: str) -> Iterator[Server]:
    """Run a Python module that serves on `PORT`, from the moment that it answers at `path`."""
    port = _free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**inherited, **environment, "PORT": str(port), "HOST": HOST},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(process, port, path)
        parent = psutil.Process(process.pid)
        yield Server(port, (parent, *parent.children(recursive=True)))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
    """Return when the server answers. Raises RuntimeError if it ends or says nothing for a minute."""
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"The server did not start: {_named(process.args)}")


def _named(arguments: object) -> str:
    return " ".join(map(str, arguments)) if isinstance(arguments, Sequence) else str(arguments)


def _cpu_seconds(process: psutil.Process) -> float:
    if sys.platform == "linux":
        # clock_getcpuclockid(3): to the nanosecond, while /proc counts in steps of 10 ms.
        return time.clock_gettime(~process.pid << 3 | 2)
    used = process.cpu_times()
    return used.user + used.system


def _memory_bytes(process: psutil.Process) -> int:
    rollup = Path(f"/proc/{process.pid}/smaps_rollup")
    if not rollup.exists():
        return int(process.memory_info().rss)
    sizes = dict(line.split(":", 1) for line in rollup.read_text().splitlines()[1:])
    return int(sizes["Pss"].split()[0]) * 1024
