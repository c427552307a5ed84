"""How the tests of `operations/posts.py` save, from this session and from others."""

import threading

import sqlalchemy as sa

from webapp.database import db, transaction_class, version_class
from webapp.models import Event, Post, Receipt, StoredText, User
from webapp.operations import posts

WHOLE = {"title": "A post", "body": "one", "tags": "", "note": ""}


def save(post: Post | None, *, by: User, seen: int | None = None, **changed: object) -> posts.Saved:
    """Save with these parts changed, having seen the latest revision unless said otherwise."""
    if post is not None and seen is None:
        seen = post.revision
    return posts.write(post, **(WHOLE | changed), seen=seen, by=by)


def counts() -> dict[str, int]:
    """How many rows each table has that a save writes to."""
    tables = (Post, version_class(Post), transaction_class(), StoredText, Event, Receipt)
    return {
        table.__table__.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables
    }


def revision_rows(post_id: int) -> list[sa.Row]:
    """Return all columns of each revision."""
    version = version_class(Post).__table__
    return list(db.session.execute(sa.select(version).where(version.c.id == post_id).order_by(version.c.revision)))


def person(user_id: int) -> User:
    user = db.session.get(User, user_id)
    assert user is not None
    return user


def in_another_session(app, author_id: int, post_id: int, *, body: str) -> None:
    at_once(app, 1, lambda: save(Post.get(post_id), by=person(author_id), body=body))


def at_once(app, times: int, work) -> list:
    """Run `work` in that many threads, each with a session of its own, and return what they returned."""
    start, answers = threading.Barrier(times), []

    def run() -> None:
        with app.app_context():
            start.wait()
            answers.append(work())

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == times
    return answers
