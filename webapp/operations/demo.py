"""Fills an empty desk for a first look: three people, a speech in five drafts, and this project's own documents."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from webapp import clock
from webapp.database import db, transaction
from webapp.errors import Missing, StetError
from webapp.git import Repository
from webapp.models import OPERATOR, Post, User
from webapp.operations import import_plan, labels, passwords, people, posts, publication, turns
from webapp.operations.import_plan import Plan
from webapp.operations.posts import Saved
from webapp.pure.roles import Role

# The five manuscripts of the Gettysburg Address in Lincoln's hand, in the order in which he wrote them.
DRAFTS = Path(__file__).parents[1] / "demo" / "gettysburg"
PROJECT = Path(__file__).parents[2]
# How long before the demo each draft was saved, the oldest first: a history that began just now would have one day.
AGO = tuple(timedelta(hours=hours) for hours in (74, 50, 27, 25, 0.5))
TITLE = "Remarks at Gettysburg"
TAGS = "speeches, drafts"
CAST = (
    ("Lena Moreau", "author@desk.example", Role.AUTHOR),
    ("Tom Hale", "editor@desk.example", Role.EDITOR),
    ("Ada Okafor", "admin@desk.example", Role.ADMIN),
)
# No vowels, so that no word comes out, and nothing that is taken for something else.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"


class NotEmpty(StetError):
    """The demo must not mix with what people wrote."""

    def __init__(self) -> None:
        super().__init__("This desk is not empty: the demo is only for a new one.")


@dataclass(frozen=True, slots=True)
class Hired:
    """Somebody of the demo, with the password that is kept nowhere else."""

    public_id: str
    name: str
    email: str
    role: Role
    password: str = field(repr=False)


def hire() -> tuple[Hired, ...]:
    """Return an author, an editor and an administrator, made with random passwords. Raises NotEmpty."""
    chosen = [_password() for _ in CAST]
    hashes = [passwords.hash_of(password) for password in chosen]
    with transaction():
        turns.take(User)
        if not is_empty():
            raise NotEmpty
        return tuple(
            _hired(name, email, role, password=password, password_hash=password_hash)
            for (name, email, role), password, password_hash in zip(CAST, chosen, hashes, strict=True)
        )


def is_empty() -> bool:
    """Return whether nobody and nothing is there yet."""
    return not any(db.session.scalar(sa.select(table.id).limit(1)) for table in (User, Post))


def speech(cast: Sequence[Hired]) -> Saved:
    """Write the speech, draft after draft by the author and the editor in turn; publish and name the last one."""
    author, editor, *_ = [_user(hired) for hired in cast]
    saved = None
    now = clock.now()
    for number, (draft, ago) in enumerate(zip(sorted(DRAFTS.glob("*.md")), AGO, strict=False)):
        name = draft.stem.partition("-")[2].title()
        saved = posts.write(
            None if saved is None else Post.get(saved.post_id),
            title=TITLE,
            body=draft.read_text(encoding="utf-8"),
            tags=TAGS,
            note=f"{name} copy",
            seen=None if saved is None else saved.revision,
            by=editor if number % 2 else author,
            at=now - ago,
        )
    if saved is None:
        raise Missing("The drafts of the demo are not installed.")
    post = Post.get(saved.post_id)
    publication.publish(post, revision=saved.revision, by=editor)
    labels.name(post, saved.revision, name="As carved", by=editor)  # on the south wall of the memorial in Washington
    return saved


def documents() -> tuple[Plan, ...]:
    """Return what an import of this project's README and documents from its own repository would do.

    Raises Missing where there is no repository, or GitFailed.
    """
    # Not any repository that the program happens to be installed inside of.
    if not (PROJECT / ".git").exists():
        raise Missing("this is not a checkout of the project")
    repository = Repository(PROJECT)
    paths = [path for path in repository.markdown(".") if path == "README.md" or path.startswith("docs/")]
    return import_plan.of(repository, paths, skip_bad=True)


def _password() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def _hired(name: str, email: str, role: Role, *, password: str, password_hash: str) -> Hired:
    user = people.create(email=email, name=name, role=role, password_hash=password_hash, by=OPERATOR)
    return Hired(public_id=user.public_id, name=name, email=email, role=role, password=password)


def _user(hired: Hired) -> User:
    return db.session.scalars(sa.select(User).where(User.public_id == hired.public_id)).one()
