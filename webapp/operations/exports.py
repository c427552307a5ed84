"""Takes the desk away as a git repository: a file for each post, a commit for each revision, in the order of time.

`imports` reads it back. A change of title or tags alone is a commit that changes no file.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from webapp import git_program
from webapp.database import db, version_class
from webapp.errors import Invalid, Missing
from webapp.history import head, preview, timeline
from webapp.history.head import Head
from webapp.history.preview import Revision
from webapp.history.timeline import Entry
from webapp.models import Actor, Post, Trashing
from webapp.pure.content import TAG_SEPARATOR
from webapp.pure.headings import slug
from webapp.pure.roles import Ability

BRANCH = "main"
NAME_BYTES = 200
"""Of a file's name; most file systems take 255."""


@dataclass(frozen=True, slots=True)
class Left:
    """A revision that is not in the export, because its text is not kept any more."""

    post: int
    revision: int
    what: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds, and what it does not."""

    posts: int
    revisions: int
    left: tuple[Left, ...]
    in_trash: int
    """Posts that were left where they are."""


def to_git(folder: Path, *, by: Actor, progress: Callable[[int], None] = lambda _: None) -> Exported:
    """Make a repository in `folder` of the posts that `by` may take away; `progress` is told of each revision.

    Raises Invalid when there is something in the folder, or GitFailed; then nothing is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid({"folder": f"{folder} is not empty: name a folder that does not exist yet."})
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as room:
        made = Path(room) / "repository"
        made.mkdir()
        git_program.run(made, "init", "--quiet", "--template=", f"--initial-branch={BRANCH}")
        exported = _filled(made, by=by, progress=progress)
        if exported.revisions:
            git_program.run(made, "reset", "--quiet", "--hard", BRANCH)
        if folder.exists():
            folder.rmdir()
        shutil.move(made, folder)
    return exported


def _filled(repository: Path, *, by: Actor, progress: Callable[[int], None]) -> Exported:
    heads, revisions, left = _heads(by), 0, []
    with git_program.talk(repository, "fast-import", "--quiet", "--done", "--date-format=raw") as (stream, _):
        for post_id, number in _in_order_of_time(set(heads)):
            post = heads[post_id]
            entry = timeline.page(post, before=number + 1, size=1).entries[0]
            if entry.gone:
                left.append(Left(post_id, number, entry.gone))
            else:
                _commit(stream, post, entry, preview.at(post, number))
                revisions += 1
            progress(revisions + len(left))
        stream.write(b"done\n")
    return Exported(len(heads), revisions, tuple(left), in_trash=_in_trash())


def _heads(by: Actor) -> dict[int, Head]:
    """Return the posts outside of the trash that `by` may take away, by number."""
    heads = {}
    for post_id in db.session.scalars(sa.select(Post.id).order_by(Post.id)).all():
        try:
            heads[post_id] = head.of(post_id, by=by, ability=Ability.EXPORT)
        except Missing:
            continue
    return heads


def _in_order_of_time(post_ids: set[int]) -> Iterator[tuple[int, int]]:
    """Yield posts and revision numbers; a revision never comes before an earlier one of its post, whatever it says."""
    version = version_class(Post)
    reached = sa.func.max(version.saved_at).over(partition_by=version.id, order_by=version.revision)
    query = sa.select(version.id, version.revision).order_by(reached, version.id, version.revision)
    for row in db.session.execute(query.execution_options(yield_per=1000)):
        if row.id in post_ids:
            yield row.id, row.revision


def _commit(stream: IO[bytes], post: Head, entry: Entry, revision: Revision) -> None:
    # In place of an address one that cannot be: nobody agreed to having theirs carried about.
    name = entry.editor.name.translate({ord("<"): None, ord(">"): None})
    seconds = max(0, int(entry.saved_at.timestamp()))
    who = f"{name} <{entry.editor.public_id}@stet.invalid> {seconds} +0000"
    stream.write(f"commit refs/heads/{BRANCH}\nauthor {who}\ncommitter {who}\n".encode())
    _data(stream, _message(post, entry, revision))
    stream.write(f"M 100644 inline {_name(post)}\n".encode())
    _data(stream, revision.body)


def _data(stream: IO[bytes], text: str) -> None:
    data = text.encode()
    stream.write(b"data %d\n%b\n" % (len(data), data))


def _message(post: Head, entry: Entry, revision: Revision) -> str:
    facts = {
        "Stet-Post": str(post.id),
        "Stet-Revision": str(revision.number),
        "Stet-Kind": revision.kind,
        "Stet-Label": revision.label or "",
        "Stet-Title": revision.title,
        "Stet-Tags": TAG_SEPARATOR.join(revision.tags),
    }
    trailers = "\n".join(f"{name}: {value}" for name, value in facts.items() if value)
    return f"{entry.summary}\n\n{trailers}\n"


def _name(post: Head) -> str:
    name = f"{post.id}-{slug(post.title)}".rstrip("-")
    return f"{name.encode()[:NAME_BYTES].decode(errors='ignore')}.md"


def _in_trash() -> int:
    query = sa.select(sa.func.count()).select_from(Trashing).where(Trashing.ended_at.is_(None))
    return db.session.scalar(query) or 0
