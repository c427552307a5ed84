"""A lock on a file that is waited for in turn, and not for ever."""

import subprocess
import sys
import threading
import time

import pytest

from webapp import filelock

HOLD = """
import fcntl, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def somebody(tmp_path):
    """Another process, which holds the lock until its standard input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_one_holds_it_at_a_time_and_all_have_their_turn(tmp_path):
    inside, most, turns = 0, 0, []

    def work(number: int) -> None:
        nonlocal inside, most
        with filelock.held(tmp_path / "lock", seconds=10):
            inside += 1
            most = max(most, inside)
            time.sleep(0.001)
            turns.append(number)
            inside -= 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (most, sorted(turns)) == (1, list(range(20)))


def test_it_waits_for_another_process(tmp_path, somebody):
    threading.Timer(0.1, somebody.stdin.close).start()
    started = time.monotonic()

    with filelock.held(tmp_path / "lock", seconds=10):
        assert time.monotonic() - started >= 0.1


def test_it_does_not_wait_for_ever_and_holds_nothing_then(tmp_path, somebody):
    before = threading.active_count()
    with pytest.raises(TimeoutError), filelock.held(tmp_path / "lock", seconds=0.05):
        raise AssertionError("it is not held")

    somebody.stdin.close()
    somebody.wait()

    with filelock.held(tmp_path / "lock", seconds=10):
        pass
    assert threads_settle_at(before)


def test_only_so_many_wait(tmp_path, somebody, monkeypatch):
    before = threading.active_count()
    monkeypatch.setattr(filelock, "_waiting", threading.BoundedSemaphore(1))
    with pytest.raises(TimeoutError), filelock.held(tmp_path / "lock", seconds=0.05):
        raise AssertionError("it is not held")
    started = time.monotonic()

    with pytest.raises(TimeoutError), filelock.held(tmp_path / "lock", seconds=60):
        raise AssertionError("it is not held")

    assert time.monotonic() - started < 10
    somebody.stdin.close()
    assert threads_settle_at(before)


def threads_settle_at(count: int) -> bool:
    """Return whether there are `count` threads again before long."""
    until = time.monotonic() + 10
    while threading.active_count() > count and time.monotonic() < until:
        time.sleep(0.01)
    return threading.active_count() == count


def test_an_error_gives_it_back(tmp_path):
    with pytest.raises(LookupError), filelock.held(tmp_path / "lock", seconds=1):
        raise LookupError

    with filelock.held(tmp_path / "lock", seconds=1):
        pass


def test_the_file_is_its_owners_alone(tmp_path):
    with filelock.held(tmp_path / "lock", seconds=1):
        assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600
