"""A second import: it adds what is new, and what was edited here is in its way."""

import pytest
import sqlalchemy as sa

from tests.operations.importing import planned, rows, run, texts
from tests.repositories import PAGE, MadeRepository
from webapp.database import db
from webapp.errors import Conflict
from webapp.git import Repository
from webapp.history import verify
from webapp.models import OPERATOR, Post, User
from webapp.operations import erase, import_plan, imports, posts, trash
from webapp.operations.import_plan import Refused
from webapp.operations.imports import Imported


def test_a_second_run_adds_nothing(app, made):
    made.commit("one", a="one")
    made.commit("two", a="two")
    first = run(made)
    before = rows()

    assert run(made) == Imported(
        post_id=first.post_id,
        path="a.md",
        title="a.md",
        revisions=2,
        added=0,
        same=0,
        line_ends=0,
        skipped=(),
        remarks=(),
    )
    assert rows() == before


def test_a_second_run_adds_only_what_is_new_by_the_same_people(app, made):
    made.commit("one", a="# One")
    run(made)
    users = rows()[3]
    made.commit("two", a="# Another title")
    made.commit("mode of something else", b="other")

    imported = run(made)

    assert (imported.revisions, imported.added, imported.title) == (2, 1, "One")
    assert texts(1) == ["# One", "# Another title"]
    assert rows()[3] == users
    assert verify.everything().ok


def test_a_file_that_was_renamed_since_is_still_the_same_post(app, made):
    made.commit("one", a=PAGE)
    run(made)
    made.git("mv", "a.md", "b.md")
    made.commit("rename")
    made.commit("go on", b=PAGE + "end\n")

    assert run(made, "b.md").post_id == 1
    assert texts(1) == [PAGE, PAGE + "end\n"]


def test_another_copy_of_the_repository_is_the_same_post(app, made, tmp_path):
    made.commit("one", a="one")
    run(made)
    made.git("clone", "--quiet", ".", str(tmp_path / "clone"))
    clone = Repository(tmp_path / "clone")

    (plan,) = import_plan.of(clone, ["a.md"])

    assert (plan.post_id, plan.versions) == (1, ())


def test_an_interrupted_import_goes_on_where_it_stopped(app, made):
    for number in range(6):
        made.commit(f"number {number}", a=f"text {number}")
    (plan,) = planned(made)

    def interrupt(done: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imports.carry_out(plan, by=OPERATOR, progress=interrupt)
    assert texts(1) == ["text 0", "text 1", "text 2"]

    assert run(made).added == 3
    assert texts(1) == [f"text {number}" for number in range(6)]
    assert verify.everything().ok


def test_history_that_was_rewritten_is_refused(app, made):
    made.commit("one", a="one")
    last = made.commit("two", a="two")
    run(made)
    made.git("reset", "--quiet", "--hard", "HEAD~1")
    made.commit("another two", a="other two")
    before = rows()

    with pytest.raises(Refused) as refusal:
        run(made)

    assert str(refusal.value) == (
        f"a.md is post 1, whose last import ended at commit {last[:7]}; this history does not have it: it was "
        "rewritten, or belongs to another branch."
    )
    assert rows() == before


def edited_here(made: MadeRepository, *, by: User) -> None:
    """Import one version, edit the post, and commit another version."""
    made.commit("one", a="one")
    post = Post.get(run(made).post_id)
    posts.write(post, title="Renamed here", body="edited", tags="new", note="", seen=0, by=by)
    made.commit("two", a="two")


def test_a_post_that_was_edited_here_is_not_written_over(app, cast, made):
    edited_here(made, by=cast.editor)

    with pytest.raises(Refused) as refusal:
        run(made)

    assert str(refusal.value) == (
        "a.md is post 1, which was edited here since the last import: revision 0 came from git, 1 is the latest. "
        "With --over, what is new in git comes after the edits."
    )
    assert texts(1) == ["one", "edited"]


def test_when_asked_what_is_new_comes_after_the_edits_and_title_and_tags_stay(app, cast, made):
    edited_here(made, by=cast.editor)

    run(made, over=True)
    made.commit("three", a="three")
    run(made)

    assert texts(1) == ["one", "edited", "two", "three"]
    assert [(version.title, version.tags) for version in Post.get(1).versions[1:]] == [("Renamed here", "new")] * 3


def test_a_post_that_was_edited_here_is_no_trouble_while_git_has_nothing_new(app, cast, made):
    made.commit("one", a="one")
    post = Post.get(run(made).post_id)
    posts.write(post, title="A post", body="edited", tags="", note="", seen=0, by=cast.editor)

    assert run(made).added == 0


def test_a_post_in_the_trash_takes_no_imports_and_one_erased_is_imported_anew(app, cast, made):
    made.commit("one", a="one")
    post = Post.get(run(made).post_id)
    trash.delete(post, by=cast.admin)
    made.commit("two", a="two")

    with pytest.raises(Refused) as refusal:
        run(made)
    assert str(refusal.value) == "a.md is post 1, which is in the trash. Take it back first."

    erase.post_for_good(Post.get(1), reason="no longer wanted", by=cast.admin)
    imported = run(made)
    assert (imported.post_id, imported.added) == (2, 2)


def test_a_save_while_an_import_runs_stops_it_and_nothing_is_lost(app, cast, made):
    for number in range(4):
        made.commit(f"number {number}", a=f"text {number}")
    (plan,) = planned(made)

    def save(done: int) -> None:
        if done == 2:
            post = Post.get(1)
            posts.write(post, title=post.title, body="mine", tags="", note="", seen=1, by=cast.editor)

    with pytest.raises(Conflict):
        imports.carry_out(plan, by=OPERATOR, progress=save)

    assert texts(1) == ["text 0", "text 1", "mine"]


def test_two_imports_of_one_file_at_once_make_one_post(app, made):
    made.commit("one", a="one")
    (plan,) = planned(made)
    (same,) = planned(made)
    imports.carry_out(plan, by=OPERATOR)

    with pytest.raises(Refused, match=r"^a\.md is being imported by somebody else\.$"):
        imports.carry_out(same, by=OPERATOR)

    assert db.session.scalars(sa.select(Post.id)).all() == [1]
