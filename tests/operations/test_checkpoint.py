"""A signed note about the history: what it survives, and what it shows."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests import processes
from webapp.database import db, transaction
from webapp.errors import Invalid
from webapp.history import log, verify
from webapp.models import OPERATOR, User
from webapp.operations import checkpoint, erase, posts, prune, trash
from webapp.operations.checkpoint import HOLDS, Checked
from webapp.pure import checkpoint as notes
from webapp.pure import retention
from webapp.pure.merkle import Tree

ONE_A_YEAR = retention.Policy((retention.Rule(after=timedelta(0), period="year"),))
REWRITTEN = "The history was rewritten: its first 3 revisions are not those that were signed"


def save_new(by: User, body: str = "text") -> None:
    posts.write(None, title="T", body=body, tags="", note="", seen=None, by=by)


def test_the_note_vouches_for_all_digests(write, tmp_path):
    write("a", "b")
    write("c")

    signed = checkpoint.take(tmp_path)

    name, key = notes.read_public(checkpoint.public_key(tmp_path))
    said = notes.verify(signed.note, name=name, public_key=key)
    tree = Tree()
    for digest in log.digests():
        tree.append(digest)
    assert said == notes.Checkpoint(origin=name, size=3, root=tree.root())
    assert (signed.origin, signed.size, signed.root) == (name, 3, said.root)


def test_what_was_just_signed_holds(write, tmp_path):
    write("a", "b")

    assert checkpoint.check(checkpoint.take(tmp_path).note, tmp_path) == Checked(ok=True, says=HOLDS, size=2)


def test_an_empty_desk_can_be_signed_and_anything_grows_from_it(app, write, tmp_path):
    signed = checkpoint.take(tmp_path)
    write("a")

    assert signed.size == 0
    assert checkpoint.check(signed.note, tmp_path) == Checked(ok=True, says=HOLDS, size=0)


def test_it_survives_saves_erasure_pruning_and_a_post_deleted_for_good(write, cast, tmp_path):
    post, other = write(*(f"text {number}" for number in range(8))), write("a", "b")
    signed = checkpoint.take(tmp_path)

    write("more", post=post)
    write("a new one")
    erase.revisions(post, [2], reason="asked for", by=cast.admin)
    pruned = prune.by_policy(ONE_A_YEAR, reason="policy", by=OPERATOR)
    trash.delete(other, by=cast.author)
    erase.post_for_good(other, reason="asked for", by=cast.admin)

    assert (pruned.revisions, pruned.thinned) == (11, 6)
    assert verify.everything().ok
    assert checkpoint.check(signed.note, tmp_path) == Checked(ok=True, says=HOLDS, size=10)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE post_version SET digest = commitment WHERE revision = 0",
        "UPDATE post_version SET digest = commitment WHERE revision = 2",
    ],
)
def test_a_rewritten_history_shows(write, tamper, tmp_path, change):
    write("a", "b", "c")
    signed = checkpoint.take(tmp_path)
    tamper(change)

    assert checkpoint.check(signed.note, tmp_path) == Checked(ok=False, says=REWRITTEN, size=3)


def test_a_history_made_anew_shows_although_it_verifies(write, tamper, tmp_path):
    write("a", "b", "c")
    signed = checkpoint.take(tmp_path)
    for table in ("event", "post_version", "post", "stored_text"):
        tamper(f"DELETE FROM {table}")
    write("x", "y", "z")

    assert verify.everything().ok
    assert checkpoint.check(signed.note, tmp_path) == Checked(ok=False, says=REWRITTEN, size=3)


def test_a_history_that_was_cut_off_is_named_as_such(write, tamper, tmp_path):
    write("a")
    write("b")
    write("c")
    signed = checkpoint.take(tmp_path)
    tamper("DELETE FROM event WHERE post_id = 3")
    tamper("DELETE FROM post_version WHERE id = 3")
    tamper("DELETE FROM post WHERE id = 3")
    tamper("DELETE FROM stored_text WHERE post_id = 3")

    says = "The history was cut off: 3 revisions were signed, and only 2 are there"
    assert verify.everything().ok
    assert checkpoint.check(signed.note, tmp_path) == Checked(ok=False, says=says, size=3)


def test_a_note_of_another_desk_or_a_changed_one_is_not_ours(write, tmp_path):
    write("a")
    ours = checkpoint.take(tmp_path).note
    theirs = checkpoint.take(folder(tmp_path, "other")).note
    origin = ours.partition("\n")[0]

    ours_is_not = "The note was not signed by this desk: "
    assert checkpoint.check(theirs, tmp_path).says == f"{ours_is_not}There is no signature of {origin} with this key"
    changed = ours.replace("\n1\n", "\n2\n")
    assert checkpoint.check(changed, tmp_path).says == f"{ours_is_not}The signature of {origin} does not hold"
    assert checkpoint.check("scribbles", tmp_path).says == f"{ours_is_not}This is not a signed note"
    assert checkpoint.check(ours, tmp_path).ok is True


def test_a_desk_without_a_key_knows_that_it_signed_nothing_and_makes_none(write, tmp_path):
    nothing = folder(tmp_path, "nothing")
    write("a")

    checked = checkpoint.check(checkpoint.take(tmp_path).note, nothing)

    says = "The note was not signed by this desk: it has no signing key"
    assert (checked, list(nothing.iterdir())) == (Checked(ok=False, says=says), [])


def test_a_note_of_ours_about_another_history_is_refused(write, tmp_path):
    write("a")
    signed = checkpoint.take(tmp_path)
    origin, key = notes.read_private((tmp_path / "signing_key").read_text())
    note = notes.sign(notes.body("elsewhere", 1, signed.root), name=origin, key=key)

    says = "The note is about another history: elsewhere"
    assert checkpoint.check(note, tmp_path) == Checked(ok=False, says=says)


def test_progress_is_told_for_each_revision(write, tmp_path):
    write("a", "b", "c")
    told = []

    note = checkpoint.take(tmp_path, progress=told.append).note
    checkpoint.check(note, tmp_path, progress=told.append)

    assert told == [1, 2, 3, 1, 2, 3]


def test_a_save_under_way_is_waited_for(app, cast, tmp_path):
    """It took a low number and commits late: without waiting it would slip in below the checkpoint."""
    written, go_on, signed = threading.Event(), threading.Event(), []
    author_id = cast.author.id

    def save_slowly() -> None:
        with app.app_context(), transaction():
            save_new(db.session.get(User, author_id))
            written.set()
            go_on.wait(10)

    def sign() -> None:
        with app.app_context():
            signed.append(checkpoint.take(tmp_path))

    db.session.rollback()
    slow, signing = threading.Thread(target=save_slowly), threading.Thread(target=sign)
    slow.start()
    assert written.wait(10)
    if db.engine.dialect.name == "postgresql":  # on SQLite nobody overtakes
        save_new(cast.author, "a higher number, committed first")
        db.session.rollback()
    signing.start()
    signing.join(0.3)
    assert signed == []
    go_on.set()
    slow.join()
    signing.join()

    assert signed[0].size == len(list(log.digests()))
    assert checkpoint.check(signed[0].note, tmp_path).ok is True


# ── The key ─────────────────────────────────────────────────────────────────────────────────────


def folder(parent: Path, name: str) -> Path:
    path = parent / name
    path.mkdir()
    return path


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = checkpoint.public_key(tmp_path)

    assert checkpoint.public_key(tmp_path) == first
    assert (tmp_path / "signing_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["signing_key"]
    assert first.startswith("stet/")


def test_two_desks_have_two_names_and_keys(tmp_path):
    one, other = (checkpoint.public_key(folder(tmp_path, name)).split("+", 2) for name in ("one", "other"))

    assert [mine == theirs for mine, theirs in zip(one, other, strict=False)] == [False, False, False]


def test_processes_that_sign_at_once_agree_on_the_key(tmp_path):
    with processes.pool(3) as pool:
        keys = pool.map(checkpoint.public_key, [tmp_path] * 6, chunksize=1)

    assert set(keys) == {checkpoint.public_key(tmp_path)}
    assert [path.name for path in tmp_path.iterdir()] == ["signing_key"]


@pytest.mark.parametrize("content", [b"", b"scribbles", b"\xff\xfe"])
def test_a_broken_key_is_never_replaced(tmp_path, content):
    (tmp_path / "signing_key").write_bytes(content)

    with pytest.raises(Invalid, match="is not a signing key of Stet"):
        checkpoint.public_key(tmp_path)
    assert (tmp_path / "signing_key").read_bytes() == content
