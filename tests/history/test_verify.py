"""A changed past shows: each kind of tampering is found, at the revision where it was done."""

import threading

import pytest

from webapp.database import db
from webapp.history import verify
from webapp.models import Post, User
from webapp.operations import erase, posts, publication, trash
from webapp.pure import chain

SET = "UPDATE post_version SET {} WHERE id = 2 AND revision = 2"


@pytest.fixture
def history(write, cast) -> Post:
    """Return post 2 with the revisions 0 to 4, revision 3 published; post 1 has one revision."""
    write("another post")
    post = write(*(f"text {number}, of some length" for number in range(5)), title="A title", tags="a, b")
    publication.publish(post, revision=3, by=cast.author)
    return post


def bad() -> tuple[int, int] | None:
    report = verify.everything()
    return report.first_bad and (report.first_bad.post, report.first_bad.revision)


def test_an_empty_desk_verifies(app):
    assert verify.everything() == verify.Report(posts=0, revisions=0, first_bad=None)


def test_an_untouched_history_verifies(history):
    report = verify.everything()

    assert report == verify.Report(posts=2, revisions=6, first_bad=None)
    assert report.ok is True


def test_progress_is_told_for_each_revision(history):
    told = []

    verify.everything(progress=told.append)

    assert told == [1, 2, 3, 4, 5, 6]


@pytest.mark.only("sqlite", "what is found is decided in Python; other tests tamper on both")
@pytest.mark.parametrize(
    "change",
    [
        "title = 'Another title'",
        "tags = 'a'",
        "note = 'Not what was said'",
        "kind = 'restored'",
        "source_revision = 0",
        "editor_id = (SELECT id FROM \"user\" WHERE email = 'other@desk.example')",
        "saved_at = (SELECT saved_at FROM post_version WHERE id = 2 AND revision = 1)",
        "text_id = (SELECT text_id FROM post_version WHERE id = 2 AND revision = 1)",
        "text_id = (SELECT text_id FROM post_version WHERE id = 1)",
        "text_id = NULL",
        "salt = NULL",
        "salt = (SELECT salt FROM post_version WHERE id = 2 AND revision = 1)",
        "commitment = (SELECT commitment FROM post_version WHERE id = 2 AND revision = 1)",
        "digest = (SELECT digest FROM post_version WHERE id = 2 AND revision = 1)",
    ],
)
def test_a_changed_revision_is_found(history, tamper, change):
    tamper(SET.format(change))

    report = verify.everything()

    assert report.ok is False
    assert (report.first_bad.post, report.first_bad.revision) == (2, 2)
    assert (report.posts, report.revisions) == (2, 3)


def test_a_whole_revision_put_in_place_of_another_is_found(history, tamper):
    names = "title, tags, note, kind, text_id, salt, commitment, digest, saved_at, editor_id"
    for name in names.split(", "):
        tamper(SET.format(f"{name} = (SELECT {name} FROM post_version WHERE id = 2 AND revision = 1)"))

    assert bad() == (2, 2)


def test_a_deleted_revision_is_found(history, tamper):
    tamper("DELETE FROM post_version WHERE id = 2 AND revision = 2")

    assert verify.everything().first_bad == verify.Fault(2, 2, "it is missing; the next one kept is 3")


def test_a_deleted_first_revision_is_found(history, tamper):
    tamper("DELETE FROM post_version WHERE id = 2 AND revision = 0")

    assert bad() == (2, 0)


def test_a_cut_off_end_is_found(history, tamper):
    tamper("DELETE FROM post_version WHERE id = 2 AND revision > 2")

    assert verify.everything().first_bad == verify.Fault(2, 2, "the post says that its latest revision is 4")


def test_a_history_taken_away_whole_is_found(history, tamper):
    tamper("DELETE FROM post_version WHERE id = 2")

    assert bad() == (2, 0)


@pytest.mark.only("sqlite", "what is found is decided in Python")
@pytest.mark.parametrize(
    ("change", "revision"),
    [
        ("packed = (SELECT packed FROM stored_text WHERE post_id = 2 AND seq = 1)", 2),
        ("packed = (SELECT packed FROM stored_text WHERE post_id = 1)", 2),
        ("sha256 = (SELECT sha256 FROM stored_text WHERE post_id = 1)", 2),
        ("size = size + 1", 2),
        ("base_seq = 2", 2),
        ("base_seq = NULL", 2),
        ("base_seq = 3", 2),
    ],
)
def test_a_changed_text_is_found(history, tamper, change, revision):
    tamper(f"UPDATE stored_text SET {change} WHERE post_id = 2 AND seq = 2")

    assert bad() == (2, revision)


def test_two_texts_that_changed_places_are_found(history, tamper):
    tamper("UPDATE stored_text SET seq = 99 WHERE post_id = 2 AND seq = 1")
    tamper("UPDATE stored_text SET seq = 1 WHERE post_id = 2 AND seq = 2")
    tamper("UPDATE stored_text SET seq = 2 WHERE post_id = 2 AND seq = 99")

    assert bad() == (2, 2)


def test_a_deleted_text_is_found(history, tamper):
    tamper("DELETE FROM stored_text WHERE post_id = 2 AND seq = 2")

    assert bad() == (2, 2)


@pytest.mark.parametrize(
    "change",
    [
        "body = 'Never said'",
        "title = 'Never said'",
        "tags = 'never'",
        "note = 'never'",
        "revision = 3",
        "revision = 5",
        "kind = 'restored'",
        "words_added = 99",
        "saved_at = (SELECT saved_at FROM post_version WHERE id = 2 AND revision = 1)",
        "editor_id = (SELECT id FROM \"user\" WHERE email = 'other@desk.example')",
        "digest = (SELECT digest FROM post_version WHERE id = 2 AND revision = 1)",
        "salt = (SELECT salt FROM post_version WHERE id = 2 AND revision = 1)",
        "text_id = NULL, body = 'Never said'",
        "text_id = NULL, salt = NULL, body = '', title = '', tags = '', note = ''",
    ],
)
def test_a_changed_live_post_is_found(history, tamper, change):
    tamper(f"UPDATE post SET {change} WHERE id = 2")

    assert bad() == (2, 4)


def test_a_live_post_with_a_commitment_of_its_own_is_found(history, tamper):
    """Whoever can write the table can compute a commitment too: it must be the one in the chain."""
    salt = chain.new_salt()
    forged = chain.commitment(salt, title="A title", tags="a, b", note="", body="Never said")
    tamper(
        "UPDATE post SET body = 'Never said', salt = :salt, commitment = :forged WHERE id = 2", salt=salt, forged=forged
    )

    assert bad() == (2, 4)


@pytest.mark.parametrize("change", ["body = 'Never said'", "title = 'Never said'", "tags = ''", "revision = 2"])
def test_a_changed_text_before_the_readers_is_found(history, tamper, change):
    tamper(f"UPDATE published SET {change} WHERE post_id = 2")

    report = verify.everything()

    assert report.first_bad.post == 2
    assert report.first_bad.what.startswith(("what readers see", "readers see"))


def test_an_erased_history_verifies(history, cast):
    erase.revisions(history, [0, 2], reason="asked for", by=cast.admin)
    assert verify.everything() == verify.Report(posts=2, revisions=6, first_bad=None)

    trash.delete(history, by=cast.author)
    erase.post_for_good(history, reason="asked for", by=cast.admin)
    assert verify.everything() == verify.Report(posts=2, revisions=6, first_bad=None)


def test_an_erasure_without_its_witness_is_found(history, cast, tamper):
    erase.revisions(history, [2], reason="asked for", by=cast.admin)
    tamper("DELETE FROM erasure")

    assert bad() == (2, 2)


@pytest.mark.parametrize("change", ["title = 'Never said'", "tags = 'never'", "note = 'never'"])
def test_words_put_into_an_erased_revision_are_found(history, cast, tamper, change):
    erase.revisions(history, [2], reason="asked for", by=cast.admin)
    tamper(SET.format(change))

    assert bad() == (2, 2)


@pytest.mark.parametrize(
    "change", ["saved_at = (SELECT saved_at FROM post_version WHERE id = 2 AND revision = 1)", "kind = 'merged'"]
)
def test_changed_facts_of_an_erased_revision_are_found(history, cast, tamper, change):
    erase.revisions(history, [2], reason="asked for", by=cast.admin)
    tamper(SET.format(change))

    assert bad() == (2, 2)


def test_revisions_of_a_post_that_is_gone_are_found(history, tamper):
    tamper("DELETE FROM post WHERE id = 2")

    assert verify.everything().first_bad == verify.Fault(2, 0, "its post is missing")


def test_the_first_of_two_faults_is_named(history, tamper):
    tamper("UPDATE post_version SET title = 'x' WHERE id = 2 AND revision IN (1, 3)")

    assert bad() == (2, 1)


def test_saving_meanwhile_disturbs_nothing(app, history):
    author_id = history.author_id

    def save() -> None:
        with app.app_context():
            post, by = Post.get(2), db.session.get(User, author_id)
            posts.write(post, title="Newer", body="newer", tags="", note="", seen=4, by=by)

    def meanwhile(done: int) -> None:
        if done == 2:  # post 2 is under way
            saver = threading.Thread(target=save)
            saver.start()
            saver.join()

    assert verify.everything(progress=meanwhile) == verify.Report(posts=2, revisions=6, first_bad=None)
    assert verify.everything() == verify.Report(posts=2, revisions=7, first_bad=None)
