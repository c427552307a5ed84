"""Imports from git: each revision equals its commit."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.operations.importing import notes, planned, run, texts
from tests.repositories import FIRST_SECOND, PAGE
from webapp.database import db, transaction_class
from webapp.errors import NotAllowed
from webapp.history import preview, verify
from webapp.models import OPERATOR, Event, Post, User
from webapp.operations import imports
from webapp.operations.imports import Imported
from webapp.pure.kind import Kind
from webapp.pure.roles import Role

# ── What an import makes ────────────────────────────────────────────────────────────────────────


def test_each_commit_that_changed_the_text_is_a_revision(app, made):
    commits = [made.commit(f"number {number}", a=f"# A title\n\ntext {number}\n") for number in range(20)]
    made.commit("something else", b="other")

    imported = run(made)

    assert imported == Imported(
        post_id=1,
        path="a.md",
        title="A title",
        revisions=20,
        added=20,
        same=0,
        line_ends=0,
        skipped=(),
        remarks=(),
    )
    assert texts(1) == [made.show(commit, "a.md") for commit in commits]
    assert notes(1) == [f"number {number}" for number in range(20)]
    assert verify.everything() == verify.Report(posts=1, revisions=20, first_bad=None)


def test_a_revision_has_the_author_the_time_and_the_subject_of_its_commit(app, made):
    made.commit("first", a="one", by="Ana Ruiz <ana@example.org>")
    made.commit("a subject\n\nand a body", a="one two", by="Bo <bo@example.org>", at="1999-12-31T23:59:59-05:00")

    post = Post.get(run(made).post_id)
    revision = preview.at(post, 1)

    assert (revision.title, revision.tags, revision.note, revision.kind) == ("a.md", (), "a subject", Kind.IMPORTED)
    assert (revision.editor.name, revision.saved_at) == ("Bo", datetime(2000, 1, 1, 4, 59, 59, tzinfo=UTC))
    assert (revision.words_added, revision.words_removed) == (1, 0)
    assert preview.at(post, 0).saved_at == datetime.fromtimestamp(FIRST_SECOND, UTC) + timedelta(hours=1)
    assert db.session.get(User, post.author_id).name == "Ana Ruiz"


def test_authors_are_people_who_cannot_sign_in_told_apart_by_name_and_address(app, made):
    people = ["Ana <a@example.org>", "Ana <other@example.org>", "Ana <a@example.org>", "Nemo <nameless@example.org>"]
    for number, person in enumerate(people):
        made.commit("change", a=f"text {number}", by=person)
    made.falsify(b"Nemo <nameless", b" <nameless")

    run(made)

    users = db.session.scalars(sa.select(User).order_by(User.name, User.id)).all()
    assert [user.name for user in users] == ["Ana", "Ana", "nameless"]
    assert {(user.email, user.password_hash, user.active, user.role) for user in users} == {
        (None, None, False, Role.AUTHOR)
    }
    editors = [version.editor_id for version in Post.get(1).versions]
    assert editors[0] == editors[2]
    assert len(set(editors)) == 3


def test_each_revision_is_one_transaction_in_the_name_of_its_author(app, made):
    made.commit("one", a="one", by="Ana <a@example.org>")
    made.commit("two", a="two", by="Bo <b@example.org>")

    run(made)

    transactions = db.session.scalars(sa.select(transaction_class()).order_by(transaction_class().id)).all()
    names = [db.session.get(User, transaction.user_id).name for transaction in transactions]
    assert names == ["Ana", "Bo"]
    assert [version.transaction_id for version in Post.get(1).versions] == [row.id for row in transactions]


def test_an_import_is_one_line_of_the_audit_log(app, made):
    made.commit("one", a="one")
    commit = made.commit("two", a="two")

    run(made)

    event = db.session.scalars(sa.select(Event)).one()
    assert (event.verb, event.by_id, event.post_id, event.revision) == ("import", None, 1, 1)
    assert event.detail == f"2 from a.md up to {commit[:7]}"


def test_somebody_who_may_begin_posts_may_import_them_and_a_reader_may_not(app, cast, made):
    made.commit("one", a="one")
    (plan,) = planned(made)

    with pytest.raises(NotAllowed):
        imports.carry_out(plan, by=cast.reader)

    assert db.session.scalar(sa.select(Post.id)) is None
    assert imports.carry_out(plan, by=cast.editor).revisions == 1


def test_progress_is_told_after_each_version(app, made):
    for text in ("one", "two", "three"):
        made.commit(text, a=text)
    (plan,) = planned(made)
    told: list[int] = []

    imports.carry_out(plan, by=OPERATOR, progress=told.append)

    assert told == [1, 2, 3]


# ── Histories that are not straight ─────────────────────────────────────────────────────────────


def test_renames_are_followed_and_said(app, made):
    made.commit("begin", a=PAGE)
    made.git("mv", "a.md", "b.md")
    rename = made.commit("rename")
    made.commit("go on", b=PAGE + "end\n")

    imported = run(made, "b.md")

    assert texts(1) == [PAGE, PAGE + "end\n"]
    assert notes(1) == ["begin", "go on"]
    assert (imported.same, imported.remarks) == (1, (f"called a.md until {rename[:7]}",))


def test_a_file_deleted_and_made_again_goes_on_in_the_same_post_and_is_said(app, made):
    made.commit("begin", a="one")
    deletion = made.commit("delete", a=None)
    again = made.commit("again", a="two")

    imported = run(made)

    assert texts(1) == ["one", "two"]
    assert imported.remarks == (f"deleted in {deletion[:7]}, made again in {again[:7]}",)


def test_a_merge_is_one_revision(app, made):
    made.commit("begin", a=PAGE)
    made.git("checkout", "--quiet", "-b", "side")
    made.commit("aside", a=PAGE + "side\n")
    made.commit("aside again", a=PAGE + "side\nside\n")
    made.git("checkout", "--quiet", "main")
    made.commit("main", a="top\n" + PAGE)
    made.git("merge", "--quiet", "--no-edit", "side", by="Mia <m@example.org>")

    run(made)

    assert texts(1) == [PAGE, "top\n" + PAGE, "top\n" + PAGE + "side\nside\n"]
    assert notes(1) == ["begin", "main", "Merge branch 'side'"]


def test_commits_that_change_only_modes_or_line_ends_make_no_revision(app, made):
    made.commit("begin", a="one\ntwo\n")
    (made.folder / "a.md").chmod(0o755)
    made.commit("mode")
    made.commit("carriage returns", a="one\r\ntwo\r\n")
    made.commit("more", a="one\r\ntwo\rthree\r\n")

    imported = run(made)

    assert texts(1) == ["one\ntwo\n", "one\ntwo\nthree\n"]
    assert (imported.same, imported.line_ends) == (2, 2)


def test_an_empty_file_and_a_text_that_comes_back_are_revisions(app, made):
    for text in ("", "one", "", "one"):
        made.commit("change", a=text)

    run(made)

    assert texts(1) == ["", "one", "", "one"]


def test_only_the_named_commits_history_is_imported(app, made):
    made.commit("one", a="one")
    made.git("tag", "v1")
    made.commit("two", a="two")

    assert run(made, ref="v1").revisions == 1
    assert run(made).added == 1
    assert texts(1) == ["one", "two"]
