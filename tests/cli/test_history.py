"""`stet history`: how much there is."""

import json

from webapp.database import db
from webapp.history import stats


def test_stats_are_one_line_of_json(app, write):
    write("one", "two")
    counted = stats.everything()
    db.session.remove()

    answer = app.test_cli_runner().invoke(args=["history", "stats", "--json"])

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {
        "posts": 1,
        "revisions": 2,
        "text_bytes": 6,
        "packed_bytes": counted.packed_bytes,
        "database_bytes": counted.database_bytes,
    }


def test_stats_are_a_sentence(app, write):
    write("one", "two")
    counted = stats.everything()
    db.session.remove()

    answer = app.test_cli_runner().invoke(args=["history", "stats"])

    assert answer.stdout == (
        f"2 revisions of 1 posts: 6 bytes of text, packed into {counted.packed_bytes}; the database takes "
        f"{counted.database_bytes:,} bytes, {counted.database_bytes / 2:,.0f} a revision.\n"
    )


def test_stats_of_an_empty_desk_divide_by_nothing(app):
    answer = app.test_cli_runner().invoke(args=["history", "stats"])

    assert answer.exit_code == 0
    assert answer.stdout.startswith("0 revisions of 0 posts: 0 bytes of text")
