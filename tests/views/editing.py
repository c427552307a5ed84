"""What the editor’s page holds, and what its form sends."""

import re

from webapp.database import db
from webapp.models import Post


def hidden(page, name):
    return re.search(rf'<input[^>]* name="{name}" value="([^"]*)"', page.text)[1]


def typed(page):
    return re.search(r'<textarea id="body"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)[1]


def stored():
    """Return the post as the database has it now, not as this test read it before."""
    db.session.rollback()
    return Post.get(1)


def form(page, **changed):
    fields = {name: hidden(page, name) for name in ("seen", "save_id", "source")}
    return {"title": "A post", "body": typed(page), "tags": "", "note": "", "action": "save"} | fields | changed
