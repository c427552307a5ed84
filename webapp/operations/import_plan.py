"""What an import from git is going to do: everything is read and judged before anything is written."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from flask import current_app

from webapp.database import db
from webapp.errors import Invalid, StetError, TooLarge
from webapp.git import SHORT, Author, Blobs, Change, Repository, TooBig
from webapp.models import ImportSource, Post
from webapp.operations import trash
from webapp.pure import content, markdown

UNTITLED = "Untitled"
# Control characters, and those that turn the direction of whatever follows.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


class Refused(StetError):
    """The import would lose or mix something; nothing was written."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A version that cannot be a revision, and why. `commit` is the short id."""

    commit: str
    what: str


@dataclass(frozen=True, slots=True)
class Version:
    """A commit that is going to be a revision, unless its text turns out to be the one before."""

    commit: str
    blob: str
    author: Author
    at: datetime
    note: str
    line_ends: bool
    """Whether its line ends are others than LF in git."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import of one file is going to do; all texts in it were read and can be stored."""

    repository: Repository
    path: str
    origin: str
    """What the file was called in `first_commit`; the two together know it again."""
    first_commit: str
    last_commit: str
    title: str
    tags: str
    post_id: int | None
    """None: a new post."""
    seen: int | None
    """The post's revision that the first version comes after."""
    versions: tuple[Version, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[str, ...]


def of(repository: Repository, paths: Iterable[str], *, over: bool = False, skip_bad: bool = False) -> tuple[Plan, ...]:
    """Return what an import of the files at `paths` (from the root) would do. Writes nothing.

    `over` allows adding to a post that was edited here since its last import; the edits stay in its history.
    `skip_bad` leaves out the versions that cannot be stored.
    Raises GitFailed, or Refused, which names every such version and every such post.
    """
    plans, refusals = [], []
    with repository.blobs() as blobs:
        for path in paths:
            try:
                plans.append(_of_one(repository, path, blobs, over=over, skip_bad=skip_bad))
            except Refused as refusal:
                refusals.append(str(refusal))
    if refusals:
        raise Refused("\n".join(refusals))
    return tuple(plans)


def source_of(origin: str, first_commit: str) -> ImportSource | None:
    """Return what is known of the last import of the file that `first_commit` made as `origin`."""
    return db.session.scalar(
        sa.select(ImportSource).where(ImportSource.path == origin, ImportSource.first_commit == first_commit)
    )


def one_line(text: str, *, most: int) -> str:
    """Return `text` from a commit in one line of at most `most` characters, without what cannot be written."""
    line = " ".join(_UNFIT.sub(" ", text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _of_one(repository: Repository, path: str, blobs: Blobs, *, over: bool, skip_bad: bool) -> Plan:
    history = repository.history(path)
    if _utf8(path) != path:
        raise Refused(f"{path!r} is a name that is not UTF-8.")
    first, last = history[0], history[-1]
    origin = _utf8(first.path)
    source = source_of(origin, first.commit)
    post = None if source is None else Post.get(source.post_id)
    new = history if source is None else _after(source, history, path=path)
    if post is not None and source is not None and new:
        _must_take(post, source, path=path, over=over)
    versions, skipped, newest = _judged(new, blobs)
    if skipped and not skip_bad:
        raise Refused(_complaint(path, skipped))
    if post is None and newest is None:
        raise Refused(f"{path} has no version that can be stored.")
    return Plan(
        repository=repository,
        path=path,
        origin=origin,
        first_commit=first.commit,
        last_commit=last.commit,
        title=_title(newest or "", path) if post is None else post.title,
        tags="" if post is None else post.tags,
        post_id=None if post is None else post.id,
        seen=None if post is None else post.revision,
        versions=versions,
        skipped=skipped,
        remarks=tuple(_remarks(repository, history, new)),
    )


def _after(source: ImportSource, history: Sequence[Change], *, path: str) -> Sequence[Change]:
    commits = [change.commit for change in history]
    if source.last_commit not in commits:
        raise Refused(
            f"{path} is post {source.post_id}, whose last import ended at commit {source.last_commit[:SHORT]}; this "
            "history does not have it: it was rewritten, or belongs to another branch."
        )
    return history[commits.index(source.last_commit) + 1 :]


def _must_take(post: Post, source: ImportSource, *, path: str, over: bool) -> None:
    if trash.stay(post) is not None:
        raise Refused(f"{path} is post {post.id}, which is in the trash. Take it back first.")
    if post.revision != source.last_revision and not over:
        raise Refused(
            f"{path} is post {post.id}, which was edited here since the last import: revision {source.last_revision} "
            f"came from git, {post.revision} is the latest. With --over, what is new in git comes after the edits."
        )


def _judged(changes: Iterable[Change], blobs: Blobs) -> tuple[tuple[Version, ...], tuple[Skipped, ...], str | None]:
    """Return the versions that can be stored, those that cannot, and the newest text."""
    versions, skipped, newest = [], [], None
    for change in changes:
        if change.blob is not None:
            try:
                version, newest = _version(change, change.blob, blobs)
            except Invalid as wrong:
                skipped.append(Skipped(change.short, str(wrong)))
            else:
                versions.append(version)
    return tuple(versions), tuple(skipped), newest


def _version(change: Change, blob: str, blobs: Blobs) -> tuple[Version, str]:
    """Return a version with its text. Raises Invalid."""
    if not change.is_file:
        raise Invalid({"body": "It is a link to something else, not a text."})
    if change.at is None:
        raise Invalid({"at": "Its time is in no calendar."})
    limit = current_app.config["MAX_BODY_BYTES"]
    text = _text(blobs, blob, limit_bytes=limit)
    note = one_line(change.subject, most=content.NOTE_CHARACTERS)
    content.normalise(title=UNTITLED, body=text, tags="", note=note, max_body_bytes=limit)
    return Version(change.commit, blob, change.author, change.at, note, "\r" in text), text


def _text(blobs: Blobs, blob: str, *, limit_bytes: int) -> str:
    try:
        # Twice as much, because every second byte may be a carriage return that is not kept.
        return blobs.read(blob, most_bytes=2 * limit_bytes).decode()
    except TooBig as big:
        raise TooLarge({"body": f"A text has at most {limit_bytes:,} bytes, this one {big.size_bytes:,}."}) from None
    except UnicodeDecodeError as wrong:
        raise Invalid({"body": f"It is not UTF-8: byte 0x{wrong.object[wrong.start]:02X} at {wrong.start}."}) from None


def _complaint(path: str, skipped: Iterable[Skipped]) -> str:
    lines = [f"{path} has versions that cannot be stored; with --skip-bad they are left out:"]
    return "\n".join([*lines, *(f"  {bad.commit}: {bad.what}" for bad in skipped)])


def _title(text: str, path: str) -> str:
    headings = markdown.document(text).headings
    title = next((heading.text for heading in headings if heading.level == 1), posixpath.basename(path))
    return one_line(title, most=content.TITLE_CHARACTERS) or UNTITLED


def _remarks(repository: Repository, history: Sequence[Change], new: Sequence[Change]) -> Iterator[str]:
    if repository.is_shallow:
        yield f"{repository.folder} is a shallow clone: history older than what it has is not imported"
    commits = {change.commit for change in new}
    for before, change in pairwise(history):
        if change.commit not in commits:
            continue
        if before.blob is None:
            yield f"deleted in {before.short}, made again in {change.short}"
        elif before.path != change.path:
            yield f"called {before.path} until {change.short}"


def _utf8(path: str) -> str:
    """Return a path that may be any bytes as one that can be stored."""
    return path.encode(errors="surrogateescape").decode(errors="replace")
