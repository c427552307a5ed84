"""The desks to measure: posts with histories of chosen lengths, each revision saved through the one door."""

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from rich.progress import track

from bench import corpus
from bench.corpus import Draft, History
from webapp import create_app, schema
from webapp.config import Config
from webapp.database import db, transaction
from webapp.models import OPERATOR, Post, User
from webapp.operations import people, posts
from webapp.pure.kind import Kind
from webapp.pure.roles import Role

_CACHE = Path(__file__).with_name(".cache")
"""10,000 saves take minutes: made once, kept out of git."""
_ROOT = Path(__file__).parents[1]
_SHAPES = ("bench/corpus.py", "bench/desk.py", "webapp/migrations/versions/*.py", "webapp/pure/delta.py")
"""What decides how the data looks; a change there makes it anew. That it still verifies is seen in every run."""
_HASH_CHARACTERS = 12
_EMAIL = "bench@desk.example"


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with a database. `posts` are the ids of posts by the number of their revisions."""

    folder: Path
    posts: dict[int, int]


def of_edits(sizes: Iterable[int]) -> Desk:
    """Return a desk whose posts have that many revisions of a document of about 75 KB, made on the first call."""
    sizes = tuple(sizes)
    return Desk(_kept(f"edits-{'-'.join(map(str, sizes))}", lambda: map(_edits, sizes)), _numbered(sizes))


def of_history(history: History) -> Desk:
    """Return a desk with one post that went through `history`."""
    return Desk(_kept("real", lambda: [history.drafts]), _numbered((len(history.drafts),)))


@contextmanager
def copied(desk: Desk) -> Iterator[Desk]:
    """Lend a copy that may be written to."""
    with tempfile.TemporaryDirectory(prefix="stet-bench-") as folder:
        shutil.copytree(desk.folder, folder, dirs_exist_ok=True)
        yield Desk(Path(folder), desk.posts)


@contextmanager
def opened(folder: Path) -> Iterator[Flask]:
    """Lend the application on the database in `folder`, inside its context."""
    app = application(folder)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def application(folder: Path) -> Flask:
    """Return the application on the database in `folder`."""
    return create_app(Config.read({"STET_DATA": str(folder)}))


def account(desk: Desk) -> dict[str, str]:
    """Return the email and password of somebody who may edit everything on a desk, as `browser.sign_in` takes them."""
    password = secrets.token_urlsafe()
    with opened(desk.folder):
        return {"email": add_editor(password=password), "password": password}


def add_editor(*, password: str) -> str:
    """Add somebody who may edit everything to the opened desk and return their email."""
    people.add(email=_EMAIL, name="Bea Ench", role=Role.EDITOR, password=password, by=OPERATOR)
    return _EMAIL


def _numbered(sizes: tuple[int, ...]) -> dict[int, int]:
    return {size: number for number, size in enumerate(sizes, start=1)}


def _kept(name: str, histories: Callable[[], Iterable[Sequence[Draft]]]) -> Path:
    """Return the folder `name` of the cache, made if what it depends on has changed."""
    folder = _CACHE / f"{name}-{_shape()}"
    if not folder.exists():
        for stale in _CACHE.glob(f"{name}-{'?' * _HASH_CHARACTERS}"):
            shutil.rmtree(stale)
        _CACHE.mkdir(exist_ok=True)
        (_CACHE / ".gitignore").write_text("*\n")
        with tempfile.TemporaryDirectory(dir=_CACHE) as draft:
            _make(Path(draft), histories())
            shutil.copytree(draft, folder)
    return folder


def _shape() -> str:
    files = sorted(path for pattern in _SHAPES for path in _ROOT.glob(pattern))
    parts = [path.read_bytes() for path in files] + [corpus.document().encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:_HASH_CHARACTERS]


def _edits(count: int) -> list[Draft]:
    authors = ("Ana Ruiz", "Ed Itor", "Otto Other")
    start = datetime(2024, 1, 1, tzinfo=UTC)
    return [
        Draft(
            body=body,
            author=authors[number % len(authors)],
            at=start + timedelta(hours=number),
            note=f"Edit the list, change {number}" if number % 3 else "",
            kind=Kind.WRITTEN,
        )
        for number, body in enumerate(corpus.edited(corpus.document(), count))
    ]


def _make(folder: Path, histories: Iterable[Sequence[Draft]]) -> None:
    with opened(folder):
        schema.bring_up_to_date()
        db.engine.dispose()
        # Only while making: nothing is lost when the power fails now.
        sa.event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
        editors: dict[str, User] = {}
        for drafts in histories:
            _write(drafts, editors)


def _write(drafts: Sequence[Draft], editors: dict[str, User]) -> None:
    post: Post | None = None
    for draft in track(drafts, description=f"Saving {len(drafts):,} revisions", transient=True):
        if draft.author not in editors:
            editors[draft.author] = _somebody(draft.author)
        saved = posts.write(
            post,
            title="A document",
            body=draft.body,
            tags="real, measured",
            note=draft.note[:500],
            seen=None if post is None else post.revision,
            by=OPERATOR,
            editor=editors[draft.author],
            kind=draft.kind,
            at=draft.at,
        )
        post = Post.get(saved.post_id)


def _somebody(name: str) -> User:
    """Return a new person who cannot sign in, as the authors of imported texts are."""
    with transaction() as session:
        user = User(name=name, role=Role.READER, active=False)
        session.add(user)
    return user
