"""`stet history`: how much there is, and thinning it out."""

import json
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from webapp.database import db
from webapp.errors import Gone
from webapp.history import preview, stats, verify
from webapp.models import Draft, Post
from webapp.operations import drafts, posts, publication


def test_stats_are_one_line_of_json(app, write):
    write("one", "two")
    counted = stats.everything()
    db.session.remove()

    answer = app.test_cli_runner().invoke(args=["history", "stats", "--json"])

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {
        "posts": 1,
        "revisions": 2,
        "labels": 0,
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
        f"2 revisions of 1 post: 6 bytes of text, packed into {counted.packed_bytes}; the database takes "
        f"{counted.database_bytes:,} bytes, {counted.database_bytes / 2:,.0f} a revision.\n"
    )


def test_stats_of_an_empty_desk_divide_by_nothing(app):
    answer = app.test_cli_runner().invoke(args=["history", "stats"])

    assert answer.exit_code == 0
    assert answer.stdout.startswith("0 revisions of 0 posts: 0 bytes of text")


POLICY = "after 30 days keep one a day"


@pytest.fixture
def old(cast) -> int:
    """Return the number of a post with seven texts of one day long ago, of which readers saw the fourth."""
    post = None
    for number in range(7):
        seen = None if post is None else post.revision
        at = datetime(2020, 5, 4, 12, number, tzinfo=UTC)
        whole = {"title": "T", "body": f"text {number}", "tags": "", "note": ""}
        post = Post.get(posts.write(post, **whole, seen=seen, by=cast.author, at=at).post_id)
    publication.publish(post, revision=3, by=cast.author)
    return post.id


def prune(app: Flask, *arguments: str) -> Result:
    db.session.remove()
    return app.test_cli_runner().invoke(args=["history", "prune", *arguments])


def test_prune_says_how_many_texts_went_and_the_history_verifies(app, old, write):
    write("young")

    answer = prune(app, "--policy", POLICY)

    assert (answer.exit_code, answer.stdout) == (0, "4 texts of 2 posts thinned out\n")
    assert answer.stderr.splitlines() == ["Thinning out: 1 of 2", "Thinning out: 2 of 2"]
    assert verify.everything() == verify.Report(posts=2, revisions=8, first_bad=None)
    with pytest.raises(Gone, match=f"Taken out by the operator on .*: thinned out by the policy “{POLICY}”"):
        preview.at(Post.get(old), 1)


def test_prune_is_one_line_of_json(app, old):
    answer = prune(app, "--policy", POLICY, "--json")

    assert json.loads(answer.stdout) == {"posts": 1, "revisions": 7, "thinned": 4, "drafts": 0, "draft_states": 0}


def test_a_dry_run_names_what_would_go(app, old):
    plain, machine = (prune(app, "--policy", POLICY, "--dry-run", *more) for more in ([], ["--json"]))

    assert plain.stdout == f"4 texts of 1 post would be thinned out\n  post {old}: revisions 1–2, 4–5\n"
    assert json.loads(machine.stdout) == {
        "posts": 1,
        "revisions": 7,
        "thinned": 4,
        "drafts": 0,
        "draft_states": 0,
        "would_go": [{"post": old, "revisions": [1, 2, 4, 5]}],
    }
    kept = json.loads(prune(app, "--policy", "keep everything", "--json").stdout)
    assert kept == {"posts": 1, "revisions": 7, "thinned": 0, "drafts": 0, "draft_states": 0}


def test_drafts_that_ended_long_ago_go_whatever_the_policy(app, write, cast):
    app.config["DRAFT_DAYS"] = -1
    post = write("one")
    sender = drafts.Sender(save_id="form", turn=1, seen=0)
    drafts.autosave(post.id, title="A post", body="one a", tags="", note="", sender=sender, by=cast.author)
    drafts.discard(1, by=cast.author)

    tried, done = (prune(app, "--policy", "keep everything", *more) for more in (["--dry-run"], []))

    assert tried.stdout.splitlines()[0] == "1 ended draft would be let go of"
    assert done.stdout.splitlines()[0] == "1 ended draft let go of"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0


@pytest.mark.only("sqlite", "decided before the database is asked")
@pytest.mark.parametrize("arguments", [["--policy", "after lunch keep none"], []])
def test_a_policy_that_cannot_be_understood_or_is_missing_is_wrong_usage(app, old, arguments):
    answer = prune(app, *arguments)

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "--policy" in answer.stderr
    assert verify.everything().ok
