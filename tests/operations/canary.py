"""A word that is nowhere else, a post that has it everywhere, and where it can be found."""

import sqlalchemy as sa

from webapp.database import db
from webapp.models import Post
from webapp.operations import labels, posts, publication, trash

CANARY = "kanarienvogel"


def texts_of(post: Post) -> list[str | None]:
    """What each revision says, None where its text is gone."""
    return [None if row.text_id is None else row.body for row in post.versions]


def traces(word: str) -> list[str]:
    """The columns of the whole database in which `word` can be found, in letters or in bytes."""
    found = []
    with db.engine.connect() as connection:
        for table in db.metadata.tables.values():
            for row in connection.execute(sa.select(table)).mappings():
                found += [f"{table.name}.{name}" for name, value in row.items() if holds(value, word)]
    return found


def holds(value: object, word: str) -> bool:
    return word in value if isinstance(value, str) else isinstance(value, bytes) and word.encode() in value


def canary_post(cast) -> Post:
    """A published post in the trash, with the canary in every place of every revision."""
    whole = {"title": f"{CANARY} title", "tags": f"{CANARY}tag, b", "note": f"{CANARY} note"}
    post = None
    for number in range(20):
        seen = None if post is None else post.revision
        saved = posts.write(post, body=f"{CANARY} {number}\n" * 50, seen=seen, by=cast.author, **whole)
        post = Post.get(saved.post_id)
    publication.publish(post, revision=3, by=cast.author)
    for revision, name in ((0, f"{CANARY} first name"), (0, f"{CANARY} name"), (19, f"{CANARY} last")):
        labels.name(post, revision, name=name, by=cast.author)
    trash.delete(post, by=cast.author)
    return post
