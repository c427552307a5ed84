"""What each process of `test_hammer.py` does; it imports nothing of the tests, because it starts from nothing."""

import random
import time
from pathlib import Path

from webapp import create_app
from webapp.config import Config
from webapp.database import db
from webapp.errors import Conflict
from webapp.models import Post, User
from webapp.operations import posts


def save(database_url: str, data: Path, name: str, times: int) -> tuple[list[str], int]:
    """Save post 1 until that many saves are acknowledged; return their texts and how many were refused."""
    app = create_app(Config(data=data, database_url=database_url, secret_key="for tests only"))
    acknowledged, refused = [], 0
    with app.app_context():
        while len(acknowledged) < times:
            body = f"{name} {len(acknowledged)}\n" + "words that stay the same\n" * 20
            post, by = db.session.get_one(Post, 1), db.session.get_one(User, 1)
            try:
                posts.write(post, title="One post", body=body, tags="", note=name, seen=post.revision, by=by)
                acknowledged.append(body)
            except Conflict:
                refused += 1
                time.sleep(random.uniform(0, 0.1))
            db.session.remove()
        db.engine.dispose()
    return acknowledged, refused
