"""Many people write one post at once: each save is saved, merged or told of a conflict, and none is lost."""

import re
import secrets
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from html import unescape

import sqlalchemy as sa

from tests.soak import desk as desks
from tests.soak.desk import Desk
from tests.soak.visitor import Lost, Visitor
from tests.soak.writer import SEEN
from webapp.database import db, version_class
from webapp.history import verify
from webapp.models import Post, StoredText

BODY = re.compile(rb"<textarea[^>]*name=\"body\"[^>]*>\r?\n?(.*?)</textarea>", re.DOTALL)
PEOPLE = 8
"""Whose browsers they are; the writers are tabs of theirs."""
PATIENCE = 20
"""How often somebody asks again who got no answer."""


@dataclass(frozen=True, slots=True)
class Crowded:
    """How many saves were acknowledged and refused with 409, and what should not be."""

    writers: int
    attempts: int
    acknowledged: int
    conflicts: int
    revisions: int
    faults: tuple[str, ...]


def run(backend: str, *, writers: int, saves: int) -> Crowded:
    """Let each of `writers` change their own line of one post `saves` times."""
    lines = [f"the line of {number}" for number in range(writers)]
    with desks.fresh(backend) as desk:
        with desk.serving():
            desks.writers(desk, PEOPLE)
            people = [_visitor(desk, number % PEOPLE) for number in range(PEOPLE)]
            _save(people[0], "\n\n".join(lines))
            marks, answers = _write(people, writers=writers, saves=saves)
        with desk.open():
            return _judged(marks, answers, writers=writers, saves=saves)


def _visitor(desk: Desk, number: int) -> Visitor:
    visitor = Visitor(desk.port)
    visitor.sign_in(f"writer{number}@desk.example", desks.PASSWORD)
    return visitor


def _write(people: list[Visitor], *, writers: int, saves: int) -> tuple[list[list[str]], Counter[int]]:
    """Return the marks of each writer's acknowledged saves, in order, and how often which status was answered."""
    marks: list[list[str]] = [[] for _ in range(writers)]
    answers: Counter[int] = Counter()

    def work(number: int) -> None:
        visitor = people[number % PEOPLE].another_tab()
        for _ in range(saves):
            mark = secrets.token_hex(8)
            seen, body = _read(visitor)
            changed = re.sub(rf"(?m)^the line of {number}\b.*$", f"the line of {number} {mark}", body)
            status = _save(visitor, changed, seen=seen)
            answers[status] += 1
            if status == 200:
                marks[number].append(mark)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return marks, answers


def _read(visitor: Visitor) -> tuple[str, str]:
    """Return the number and the text of the latest revision as the form has them."""
    content = b""
    for _ in range(PATIENCE):
        with suppress(*Lost):
            _, content = visitor.send("GET", "/1/update?revision=-1")
            break
    seen, body = SEEN.search(content), BODY.search(content)
    assert seen is not None
    assert body is not None
    return seen[1].decode(), unescape(body[1].decode())


def _save(visitor: Visitor, body: str, *, seen: str = "0") -> int:
    """Return the status of the answer; a save that gets none, or none yet (503), is sent again as it was."""
    form = {"title": "One post", "body": body, "tags": "", "note": "", "seen": seen, "turn": "1"}
    form["save_id"] = secrets.token_urlsafe(12)
    status = 503
    for _ in range(PATIENCE):
        with suppress(*Lost):
            status, _ = visitor.send("POST", "/1/update", form)
        if status != 503:
            break
    return status


def _judged(marks: list[list[str]], answers: Counter[int], *, writers: int, saves: int) -> Crowded:
    version = version_class(Post)
    rows = db.session.execute(
        sa.select(version.revision, version.text_id).where(version.id == 1).order_by(version.revision)
    ).all()
    texts = [StoredText.read(row.text_id) for row in rows]
    faults = [f"{count} answers of {status}" for status, count in answers.items() if status not in (200, 409)]
    if (answered := sum(answers.values())) != writers * saves:
        faults.append(f"{writers * saves - answered} saves were never answered")
    if [row.revision for row in rows] != list(range(len(rows))):
        faults.append("the numbers have gaps")
    if lost := [mark for own in marks for mark in own if not any(mark in text for text in texts)]:
        faults.append(f"{len(lost)} acknowledged saves are in no revision")
    if overwritten := [own[-1] for own in marks if own and own[-1] not in texts[-1]]:
        faults.append(f"{len(overwritten)} lines are not as their only writer left them")
    if not (report := verify.everything()).ok:
        faults.append(f"stet verify: {report.first_bad}")
    return Crowded(
        writers=writers,
        attempts=writers * saves,
        acknowledged=answers[200],
        conflicts=answers[409],
        revisions=len(rows),
        faults=tuple(faults),
    )
