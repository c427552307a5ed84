"""One revision as it was."""

import random
from dataclasses import FrozenInstanceError

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Gone, Missing
from webapp.history import head, preview, verify
from webapp.history.people import person
from webapp.models import Erasure, Post, StoredText
from webapp.operations import erase, posts, restore
from webapp.pure.delta import Damaged


def test_a_revision_is_all_that_was_saved(write, cast):
    post = write("one", title="First", tags="a, b")
    posts.write(post, title="Second", body="two words", tags="", note="why", seen=0, by=cast.editor)
    row = post.versions[1]

    assert preview.at(post, 1) == preview.Revision(
        post_id=post.id,
        number=1,
        title="Second",
        body="two words",
        tags=(),
        note="why",
        kind="written",
        source_revision=None,
        words_added=2,
        words_removed=1,
        editor=person(cast.editor),
        saved_at=row.saved_at,
        is_latest=True,
        text_id=row.text_id,
        digest=row.digest,
        label=None,
    )


def test_an_old_revision_has_its_own_title_tags_and_text(write):
    post = write("one", title="First", tags="a, b")
    write("two", title="Second", tags="c", post=post)

    old = preview.at(post, 0)

    assert (old.title, old.body, old.tags, old.is_latest) == ("First", "one", ("a", "b"), False)


@pytest.mark.parametrize(("number", "found"), [(-1, 2), (-2, 1), (-3, 0), (0, 0), (1, 1), (2, 2)])
def test_negative_numbers_count_from_the_end(write, number, found):
    revision = preview.at(write("zero", "one", "two"), number)

    assert (revision.number, revision.body) == (found, ["zero", "one", "two"][found])


@pytest.mark.parametrize("number", [3, -4, 10**30, -(10**30)])
def test_a_number_that_the_post_does_not_have_is_missing(write, number):
    with pytest.raises(Missing):
        preview.at(write("zero", "one", "two"), number)


def test_the_head_of_a_post_is_enough_to_find_its_revisions(write, cast):
    post = write("one", "two")

    assert preview.at(head.of(post.id, by=cast.author), 0) == preview.at(post, 0)


def test_a_revision_cannot_be_changed(write):
    found = preview.at(write("one"), 0)

    with pytest.raises(FrozenInstanceError):
        found.body = "x"


def test_an_erased_revision_is_gone_by_whom_when_and_why(write, cast):
    post = write("one", "two")
    erase.revisions(post, [0], reason="a phone number", by=cast.admin)

    with pytest.raises(Gone) as gone:
        preview.at(post, -2)

    error = gone.value
    at = db.session.scalar(sa.select(Erasure.at))
    assert (error.post_id, error.revision, error.reason, error.at, error.by) == (
        post.id,
        0,
        "a phone number",
        at,
        "Ada Admin",
    )
    assert error.kept == (1,)
    assert at.tzinfo is not None


@pytest.mark.only("sqlite", "300 saves take a while, and packing is the same on both")
def test_three_hundred_random_edits_all_read_back_by_two_queries_each(write, cast, statements):
    rng = random.Random(7)
    lines = [f"line {number} with some words in it" for number in range(40)]
    said = []
    post = None
    for number in range(300):
        if number % 10 == 9:
            restore.revision(post, rng.randrange(number), seen=number - 1, by=cast.author)
            if post.revision < number:  # it equalled the latest
                post = write(f"{post.body}\n{number}", post=post)
        else:
            lines[rng.randrange(40)] = f"edit {number} 漢 é\u0301 {'x' * rng.randrange(20)}"
            post = write("\n".join(lines), post=post)
        said.append(post.body)
    latest = head.of(post.id, by=cast.author)

    for number in range(300):
        StoredText.forget()
        with statements() as sent:
            assert preview.at(latest, number).body == said[number]
        assert len(sent) == (1 if number == 299 else 2)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredText)) == len(set(said))
    assert [version.body for version in post.versions[::37]] == said[::37]


@pytest.mark.parametrize(
    "text",
    [
        "<details><summary>more</summary>\n\nhidden\n\n</details>\n",
        "--- a\n+++ b\n@@ -1 +1 @@\n-before\n+after\n",
        "<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n",
        "{% raw %}{{ body }}\n\x1f\u2028\\0%s",
    ],
    ids=["markup", "a diff", "a conflict", "a template"],
)
def test_no_text_damages_the_history_around_it(write, text):
    post = write("before", text, f"{text}after")

    assert [preview.at(post, number).body for number in range(3)] == ["before", text, f"{text}after"]
    assert verify.everything().ok


def test_a_damaged_text_is_refused_and_never_shown(write, tamper):
    post = write("a text of some length", "another text of some length")
    tamper("UPDATE stored_text SET packed = (SELECT packed FROM stored_text WHERE seq = 1) WHERE seq = 0")

    with pytest.raises(Damaged):
        preview.at(Post.get(post.id), 0)


def test_a_text_that_leans_on_itself_is_refused(write, tamper):
    post = write("a text of some length", "another text of some length", "three")
    tamper("UPDATE stored_text SET base_seq = 1 WHERE seq = 1")

    with pytest.raises(Damaged):
        preview.at(Post.get(post.id), 1)


def test_a_change_in_words_says_what_restoring_would_do(write):
    post = write("one two three", "one four")

    old, latest = preview.at(post, 0), preview.at(post, 1)

    assert preview.change_to(old, latest=latest) == preview.ChangeInWords(added=2, removed=1, same=False)
    assert preview.change_to(latest, latest=latest) == preview.ChangeInWords(added=0, removed=0, same=True)


def test_a_change_of_title_or_tags_alone_is_no_change_in_words_and_not_the_same(write):
    post = write("one", title="First", tags="a")
    write("one", title="Second", tags="a", post=post)
    write("one", title="Second", tags="b", post=post)
    revisions = [preview.at(post, number) for number in range(3)]

    for old in revisions[:2]:
        assert preview.change_to(old, latest=revisions[2]) == preview.ChangeInWords(added=0, removed=0, same=False)
