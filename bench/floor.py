"""The floor: the least that a Flask view must do to show a text in the editor, on the same server.

It reads one row by its key and renders the block that Stet answers with, that of the editor or that of the timeline:
no session, no rights, no history, no ORM.
"""

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from jinja2 import StrictUndefined
from jinja2_fragments.flask import render_block

from webapp.cli.serve import THREADS
from webapp.engines import sqlite_module
from webapp.forms.post import showing
from webapp.history.head import Head
from webapp.history.people import person_named
from webapp.history.preview import ChangeInWords, Revision
from webapp.history.timeline import PAGE, Entry, Timeline
from webapp.views import SHAFTS, assets, editor, rows, tabs, words
from webapp.views.filters import Filter

_FILE = "BENCH_FLOOR_FILE"
_PORT = "PORT"
_PERSON = person_named("0123456789abcdef0123", "Ana Ruiz")
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_LATEST = 1000
_SHOWN = 500
_HEAD = Head(
    id=1, title="A document", tags=("real", "measured"), revision=_LATEST, live_revision=None, text_id=1,
    digest=bytes(32), erased=0, labels=(0, None), author=_PERSON, in_trash=False, may_publish=True, may_trash=True,
    may_erase=False,
)  # fmt: skip


def make(file: Path, body: str) -> dict[str, str]:
    """Make the database of the floor with its one row and return the environment of the server."""
    connection = sqlite_module().connect(file)
    with connection:
        connection.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL)")
        connection.execute("INSERT INTO text VALUES (1, ?, ?)", (_HEAD.title, body))
    connection.close()
    return {_FILE: str(file)}


def create_app() -> Flask:
    """Return the application: one route, and of Stet only what its templates name."""
    app = Flask(__name__, static_folder=None, template_folder=str(assets.folder("templates")))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_template_global(lambda: "token", "csrf_token")
    app.add_template_global(lambda _post_id: "proof", "given")
    for part in (assets, rows, words):
        part.init_app(app)
    for shaft in SHAFTS:  # never called: the template links to them
        app.register_blueprint(shaft.blueprint)
    connections = threading.local()

    def row(text_id: int) -> tuple[str, str]:
        if not hasattr(connections, "own"):
            connections.own = sqlite_module().connect(os.environ[_FILE])
        found: tuple[str, str] = connections.own.execute(
            "SELECT title, body FROM text WHERE id = ?", (text_id,)
        ).fetchone()
        return found

    @app.get("/floor/<int:text_id>")
    def show(text_id: int) -> str:
        return _fragment(*row(text_id))

    @app.get("/floor/<int:text_id>/timeline")
    def listed(text_id: int) -> str:
        return _rows(*row(text_id))

    return app


def _fragment(title: str, body: str) -> str:
    revision = Revision(
        post_id=1, number=_SHOWN, title=title, body=body, tags=_HEAD.tags, note="", kind="written",
        source_revision=None, words_added=1, words_removed=1, editor=_PERSON, saved_at=_NOW,
        is_latest=False, digest=bytes(32), text_id=2, label=None,
    )  # fmt: skip
    return render_block(
        "editor/update.html",
        "workspace",
        status=200,
        post=_HEAD,
        revision=revision,
        form=showing(revision, latest=_LATEST),
        preview=ChangeInWords(added=None, removed=None, same=False),
        **editor.AT_REST,
        **tabs.around(_HEAD),
    )


def _rows(title: str, _body: str) -> str:
    entries = [
        Entry(
            number, _PERSON, _NOW - timedelta(minutes=40 * (_LATEST - number)), "", f"{title} changed", "written", None,
            1, 1, renamed=False, retagged=False, label=None, is_live=False, is_latest=number == _LATEST, gone=None,
        )
        for number in range(_LATEST, _LATEST - PAGE, -1)
    ]  # fmt: skip
    return render_block(
        "timeline/page.html",
        "timeline_page",
        post=_HEAD,
        selected=None,
        timeline=Timeline(tuple(entries), older=_LATEST - PAGE + 1, newer=None),
        asked=Filter(),
        authors=(),
        has_newer_edge=True,
        has_older_edge=True,
    )


if __name__ == "__main__":
    # As in `stet serve`, so that the floor carries the same server.
    Granian(
        "bench.floor:create_app",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ[_PORT]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()
