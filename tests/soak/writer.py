"""Somebody who saves one post of theirs again and again, and notes what was acknowledged and what was left open."""

import hashlib
import random
import re
import secrets
import threading
import time
from dataclasses import dataclass, field

from tests.soak.visitor import Lost, Visitor

SEEN = re.compile(rb'name="seen" value="(\d+)"')
PAUSE_SECONDS = 0.02
MOST_LINES = 400
AUTOSAVES = 0.2
"""Of the saves are autosaved before."""


@dataclass
class Ledger:
    """What one writer knows: texts in the order of their acknowledgement, and what the server answered otherwise."""

    post_id: int
    saved: list[str] = field(default_factory=list)
    kept: list[bytes] = field(default_factory=list)
    """SHA-256 of autosaved texts that were acknowledged."""
    sent_again: int = 0
    unavailable: int = 0
    """Answers of 503."""
    lost: int = 0
    """Requests without an answer."""
    wrong: list[str] = field(default_factory=list)
    """Answers that must never be."""
    last_at: float = 0.0
    """When a save was acknowledged last, by the monotonic clock."""


class Writer:
    """Works in a thread of its own from `start` to `stop`; a save without an answer is sent again as it was."""

    def __init__(self, post_id: int, visitor: Visitor) -> None:
        self.ledger = Ledger(post_id)
        self._visitor = visitor
        self._seen = 0
        self._pending: dict[str, str] | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to write."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the request that is under way."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def settle(self, *, seconds: float = 60) -> None:
        """Send what was left open until it is acknowledged, for the calling thread."""
        until = time.monotonic() + seconds
        while self._pending is not None and time.monotonic() < until:
            self._save()
        if self._pending is not None:
            self.ledger.wrong.append(f"a save of post {self.ledger.post_id} is never answered")

    def _run(self) -> None:
        while not self._stop.wait(PAUSE_SECONDS * random.random()):
            if self._pending is None:
                self._pending = self._next()
                if random.random() < AUTOSAVES:
                    self._autosave(self._pending)
            self._save()

    def _next(self) -> dict[str, str]:
        mark = f"{self.ledger.post_id} {len(self.ledger.saved)} {secrets.token_hex(8)}"
        body = "\n".join([mark, *(f"line {line} of {mark}" for line in range(random.randrange(MOST_LINES)))])
        words = {"title": mark, "body": body, "tags": "", "note": ""}
        return {**words, "seen": str(self._seen), "save_id": secrets.token_urlsafe(12), "turn": "1"}

    def _autosave(self, form: dict[str, str]) -> None:
        answer = self._send("draft", form)
        if answer is not None and answer[0] == 200:
            self.ledger.kept.append(hashlib.sha256(form["body"].encode()).digest())

    def _save(self) -> None:
        assert self._pending is not None
        answer = self._send("update", self._pending)
        if answer is None:
            self.ledger.sent_again += 1
            time.sleep(PAUSE_SECONDS)
            return
        seen = SEEN.search(answer[1])
        if answer[0] != 200 or seen is None:
            return
        self.ledger.saved.append(self._pending["body"])
        self.ledger.last_at = time.monotonic()
        self._seen = int(seen[1])
        self._pending = None

    def _send(self, what: str, form: dict[str, str]) -> tuple[int, bytes] | None:
        """Return the answer, None where there is none or it is 503; what else it may not be is noted."""
        try:
            status, content = self._visitor.send("POST", f"/{self.ledger.post_id}/{what}", form)
        except Lost:
            self.ledger.lost += 1
            return None
        if status == 503:
            self.ledger.unavailable += 1
            return None
        if status != 200:
            self.ledger.wrong.append(f"{what} of post {self.ledger.post_id}: {status}")
            time.sleep(PAUSE_SECONDS)
        return status, content
