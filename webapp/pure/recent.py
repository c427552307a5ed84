"""Remembers what was used last, up to a number of bytes."""

import threading
from collections import OrderedDict


class Recent:
    """Byte strings by key; beyond `max_bytes` in all, those not used for longest are let go. Safe among threads."""

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under `key`, None when nothing is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep `value` under `key`, in place of another; one that is too large for all is not kept."""
        with self._lock:
            self._bytes -= len(self._kept.pop(key, b""))
            self._kept[key] = value
            self._bytes += len(value)
            while self._bytes > self._max_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest)

    def clear(self) -> None:
        """Let everything go."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0
