"""Eight processes save one post at once, on each database."""

import time

from tests import processes
from tests.operations import hammering
from webapp.database import db
from webapp.history import verify
from webapp.models import Post

PROCESSES = 8
SAVES = 50


def test_every_acknowledged_save_is_a_revision(app, write, database_url, tmp_path, record_property):
    post_id = write("the first").id
    db.session.remove()
    db.engine.dispose()
    started = time.monotonic()

    with processes.pool(PROCESSES) as pool:
        work = [(database_url, tmp_path, f"process {number}", SAVES) for number in range(PROCESSES)]
        answers = pool.starmap(hammering.save, work, chunksize=1)

    record_property("seconds", round(time.monotonic() - started, 1))
    record_property("refused", sum(refused for _, refused in answers))
    acknowledged = [body for bodies, _ in answers for body in bodies]
    revisions = [(row.revision, row.body) for row in Post.get(post_id).versions]
    assert [number for number, _ in revisions] == list(range(PROCESSES * SAVES + 1))
    assert sorted(body for _, body in revisions[1:]) == sorted(acknowledged)
    assert verify.everything() == verify.Report(posts=1, revisions=PROCESSES * SAVES + 1, first_bad=None)
