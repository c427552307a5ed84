"""What is asked of Stet: looking at old revisions, at the timeline, saving and restoring."""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice

from bench import browser, corpus
from bench.browser import Answer, Request, Send
from bench.desk import Desk
from webapp.pure import delta

OPENING = 2.0
"""Times the floor, at most; the goals are those of the issue that founded the desk."""
TIMELINE = 1.5
WRITING = 5.0
EDITOR = "/floor/1"
"""Where the floor renders what the editor answers with, and where it renders fifty rows of the timeline."""
ROWS = "/floor/1/timeline"
STEPS = 48
"""Revisions of 75 KB, that is more than the two megabytes of texts that a process remembers."""

_SEEN = re.compile(rb'name="seen" value="(\d+)"')


@dataclass(frozen=True, slots=True)
class Probe:
    """A kind of request, which `send` sends; the answer must have `status`.

    `goal` is the most that it may cost, in times of the floor that answers at `floor`; None: it is only told.
    """

    name: str
    send: Callable[[], Answer]
    goal: float | None = None
    status: int = 200
    floor: str = EDITOR

    def ask(self) -> Answer:
        """Send one request and return the answer. Raises RuntimeError when it is another than expected."""
        answer = self.send()
        if answer.status != self.status:
            raise RuntimeError(f"“{self.name}” answered {answer.status} instead of {self.status}.")
        return answer


def reading(desk: Desk, send: Send) -> Iterator[Probe]:
    """Yield all that is looked at, for each length of history."""
    for size, post in desk.posts.items():
        # The revision with the longest way back to a whole text.
        farthest = max(range(size - 1), key=lambda number: len(delta.path(number)))
        for name, number in (("first", 0), ("middle", size // 2), ("farthest", farthest), ("latest", -1)):
            request = Request(f"/{post}/update?revision={number}")
            yield Probe(opening(name, size), _sending(send, request), OPENING)
        yield Probe(f"step through {STEPS} of {size:,}", _stepping(send, post, size // 2), OPENING)
        yield Probe(timeline(size), _sending(send, Request(f"/{post}/timeline")), TIMELINE)
    request = Request(f"/{post}/update?revision={size // 2}")
    # No goal: such a view carries no text and draws rows that it has drawn before.
    yield Probe("the same against a view of the rows", _sending(send, Request(f"/{post}/timeline")), floor=ROWS)
    yield Probe(f"open the same again, of {size:,}", _looking_twice(send, request), status=304)
    yield Probe(f"the whole page, of {size:,}", _sending(send, Request(request.path, page=True)))


def opening(which: str, size: int) -> str:
    """Return the name of the probe that opens one of `size` revisions."""
    return f"open the {which} of {size:,}"


def timeline(size: int) -> str:
    """Return the name of the probe that lists the newest of `size` revisions."""
    return f"timeline, 50 of {size:,}"


def writing(desk: Desk, send: Send, *, size: int) -> Iterator[Probe]:
    """Yield a save and restores, near and far, at the post with `size` revisions; each asking makes one more."""
    writer = _Writer(desk.posts[size], size, send)
    yield Probe(f"save at {size:,}", writer.save, WRITING)
    for distance in (10, size // 2):
        yield Probe(f"restore across {distance} edits", partial(writer.restore, distance=distance), WRITING)


def _sending(send: Send, request: Request) -> Callable[[], Answer]:
    return lambda: send(request)


def _stepping(send: Send, post: int, middle: int) -> Callable[[], Answer]:
    """Return how to open one revision after the other: more than the server remembers, so that each is put together."""
    numbers = cycle(range(middle, middle + STEPS))
    return lambda: send(Request(f"/{post}/update?revision={next(numbers)}"))


def _looking_twice(send: Send, request: Request) -> Callable[[], Answer]:
    """Return how to ask for something that the browser has already."""
    first: list[str] = []

    def ask() -> Answer:
        if not first:
            first.append(send(request).headers["etag"])
        return send(Request(request.path, etag=first[0]))

    return ask


class _Writer:
    """Somebody who saves edits of the latest text and takes old revisions back."""

    def __init__(self, post: int, size: int, send: Send) -> None:
        self._post = post
        self._send = send
        *_, latest = corpus.edited(corpus.document(), size)
        self._texts = islice(corpus.edited(latest, 1_000_000), 1, None)
        self._size = size
        self._standing: int | None = None  # the old revision whose text is the latest
        self._seen: int | None = None
        self._token = ""

    def save(self) -> Answer:
        """Save the next edit."""
        self._standing = None
        # Browsers end lines with CRLF when they send a form.
        return self._write(f"/{self._post}/update", body=next(self._texts).replace("\n", "\r\n"), action="save")

    def restore(self, *, distance: int) -> Answer:
        """Bring back a revision that is `distance` edits away, or when its text stands already, the one from before."""
        latest = self._size - 1
        number = latest if self._standing == latest - distance else latest - distance
        answer = self._write(f"/{self._post}/version/{number}")
        self._standing = number
        return answer

    def _write(self, path: str, **fields: str) -> Answer:
        if self._seen is None:
            page = self._send(Request(f"/{self._post}/update"))
            self._token, self._seen = browser.token(page), _seen(page)
        form = {"title": "A document", "tags": "real, measured", "note": "", "source": ""} | fields
        form |= {"csrf_token": self._token, "seen": str(self._seen), "save_id": secrets.token_urlsafe(12)}
        answer = self._send(Request(path, form=form))
        if answer.status == 200:
            made = _seen(answer)
            if made != self._seen + 1:
                raise RuntimeError(f"{path} made no revision.")
            self._seen = made
        return answer


def _seen(answer: Answer) -> int:
    found = _SEEN.search(answer.body)
    if found is None:
        raise RuntimeError("There is no editor on this page.")
    return int(found[1])
