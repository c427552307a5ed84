"""Brings a file's history out of git into a post: a revision for each commit that changed its text.

One transaction for each revision, through `posts.write`: what interrupts an import leaves whole revisions behind,
and the next one goes on after the last of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.git import SHORT, Author
from webapp.models import Actor, Event, ImportSource, Post, User
from webapp.operations import import_plan, posts, turns
from webapp.operations.import_plan import Plan, Refused, Skipped, Version
from webapp.operations.posts import Saved
from webapp.pure.kind import Kind
from webapp.pure.people import NAME_CHARACTERS
from webapp.pure.roles import Ability, Role

NAMELESS = "Unknown author"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did to one post. `revisions` counts all that it has now, `added` the new ones."""

    post_id: int
    path: str
    title: str
    revisions: int
    added: int
    same: int
    """How many commits did not change the text, as it is stored."""
    line_ends: int
    """How many versions have other line ends than LF in git."""
    skipped: tuple[Skipped, ...]
    remarks: tuple[str, ...]


def carry_out(plan: Plan, *, by: Actor, progress: Callable[[int], None] = lambda _: None) -> Imported:
    """Write what was planned; `progress` is told how many versions are done.

    Raises NotAllowed, Missing for a post that went to the trash meanwhile, Conflict for one that somebody saved
    or Refused for a file that somebody else began to import; the revisions before that stay.
    """
    by.must(Ability.CREATE)
    editors = _people({version.author for version in plan.versions})
    post_id, seen, added = plan.post_id, plan.seen, 0
    with plan.repository.blobs() as blobs:
        for done, version in enumerate(plan.versions, 1):
            body = blobs.read(version.blob).decode()
            saved = _write(plan, version, body, post_id=post_id, seen=seen, editor_id=editors[version.author], by=by)
            post_id, seen, added = saved.post_id, saved.revision, added + saved.made
            progress(done)
    if post_id is None or seen is None:
        raise ValueError("A plan for a new post has a version.")
    _finish(plan, post_id, revision=seen, added=added, by=by)
    return Imported(
        post_id=post_id,
        path=plan.path,
        title=plan.title,
        revisions=seen + 1,
        added=added,
        same=len(plan.versions) - added,
        line_ends=sum(version.line_ends for version in plan.versions),
        skipped=plan.skipped,
        remarks=plan.remarks,
    )


def _people(authors: Iterable[Author]) -> dict[Author, int]:
    """Return the ids of those who wrote, made as people who cannot sign in where they are not known."""
    with transaction() as session:
        turns.take(User)
        people = {author: User.with_public_id(_public_id(author)) or _person(author) for author in authors}
        session.add_all(people.values())
        session.flush()
        return {author: user.id for author, user in people.items()}


def _person(author: Author) -> User:
    name = import_plan.one_line(author.name or author.email.partition("@")[0], most=NAME_CHARACTERS) or NAMELESS
    return User(public_id=_public_id(author), name=name, role=Role.AUTHOR, active=False)


def _public_id(author: Author) -> str:
    """Return the same id for the same name and address, so that the next import finds the person again."""
    return sha256(f"{author.email}\0{author.name}".encode()).hexdigest()[:20]


def _write(
    plan: Plan, version: Version, body: str, *, post_id: int | None, seen: int | None, editor_id: int, by: Actor
) -> Saved:
    with transaction(by_id=editor_id):
        post = None if post_id is None else Post.lock(post_id)
        if post is None:
            turns.take(ImportSource)
            if import_plan.source_of(plan.origin, plan.first_commit) is not None:
                raise Refused(f"{plan.path} is being imported by somebody else.")
        saved = posts.write(
            post,
            title=plan.title,
            body=body,
            tags=plan.tags,
            note=version.note,
            seen=seen,
            by=by,
            editor=db.session.get_one(User, editor_id),
            kind=Kind.IMPORTED,
            at=version.at,
        )
        _remember(plan, saved.post_id, commit=version.commit, revision=saved.revision, is_new=post is None)
        return saved


def _remember(plan: Plan, post_id: int, *, commit: str, revision: int, is_new: bool) -> None:
    known = {"last_commit": commit, "last_revision": revision}
    if is_new:
        first = {"post_id": post_id, "path": plan.origin, "first_commit": plan.first_commit}
        db.session.execute(sa.insert(ImportSource).values(**first, **known))
    else:
        db.session.execute(sa.update(ImportSource).where(ImportSource.post_id == post_id).values(**known))


def _finish(plan: Plan, post_id: int, *, revision: int, added: int, by: Actor) -> None:
    """Note the newest commit, which may have no revision, and write the line of the audit log."""
    with transaction(by_id=by.id):
        db.session.execute(
            sa.update(ImportSource).where(ImportSource.post_id == post_id).values(last_commit=plan.last_commit)
        )
        if added:
            what = f"{added} from {plan.path} up to {plan.last_commit[:SHORT]}"
            Event.log("import", by=by, post_id=post_id, revision=revision, detail=what)
