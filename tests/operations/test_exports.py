"""Exports to git: what is in the repository, in which order, and that an import gives the same texts back."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from webapp.database import transaction
from webapp.errors import Invalid
from webapp.git import Repository
from webapp.models import OPERATOR, Post, User
from webapp.operations import erase, exports, import_plan, imports, labels, posts, trash
from webapp.operations.exports import Exported, Left
from webapp.pure.kind import Kind

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def save(post: Post | None, body: str, *, hours: int, by: User, title: str = "A post", note: str = "") -> Post:
    """Save a text as one written so many hours after noon."""
    saved = posts.write(
        post,
        title=title,
        body=body,
        tags="b, a",
        note=note,
        seen=None if post is None else post.revision,
        by=OPERATOR,
        editor=by,
        kind=Kind.IMPORTED,
        at=NOON + timedelta(hours=hours),
    )
    return Post.get(saved.post_id)


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True).stdout.decode()


def subjects(folder: Path) -> list[str]:
    return git(folder, "log", "--reverse", "--format=%s").splitlines()


def test_each_post_is_a_file_and_each_revision_a_commit_in_the_order_of_time(app, cast, folder):
    one = save(None, "one", hours=0, by=cast.author, note="first")
    two = save(None, "two", hours=2, by=cast.editor, title="Über: das Zweite/", note="second")
    save(one, "one more", hours=3, by=cast.editor, note="third")
    save(two, "two more", hours=4, by=cast.author, title="Über: das Zweite/", note="fourth")

    assert exports.to_git(folder, by=OPERATOR) == Exported(posts=2, revisions=4, left=(), in_trash=0)

    assert subjects(folder) == ["first", "second", "third", "fourth"]
    assert sorted(path.name for path in folder.iterdir()) == [".git", "1-a-post.md", "2-über-das-zweite.md"]
    assert (folder / "2-über-das-zweite.md").read_text() == "two more"
    assert git(folder, "show", "HEAD~1:1-a-post.md") == "one more"
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "fsck", "--strict") == ""


def test_a_commit_says_who_when_and_what_and_gives_nobodys_address(app, cast, folder):
    save(None, "one", hours=0, by=cast.author, note="first")

    exports.to_git(folder, by=OPERATOR)

    name = f"Ana Ruiz <{cast.author.public_id}@stet.invalid>"
    moment = "2024-05-01T12:00:00+00:00"
    assert git(folder, "log", "--format=%an <%ae> %aI%n%cn <%ce> %cI") == f"{name} {moment}\n" * 2
    assert git(folder, "log", "--format=%B") == (
        "first\n\nStet-Post: 1\nStet-Revision: 0\nStet-Kind: imported\nStet-Title: A post\nStet-Tags: b, a\n\n"
    )


def test_a_revision_takes_its_name_along(cast, write, folder):
    post = write("one", "two")
    labels.name(post, 0, name="Sent to review", by=cast.author)

    exports.to_git(folder, by=OPERATOR)

    named = git(folder, "log", "--reverse", "--format=%(trailers:key=Stet-Label,valueonly,separator=%x2C)")
    assert named.splitlines() == ["Sent to review", ""]


def test_a_revision_without_a_note_says_what_the_timeline_says(cast, write, folder):
    post = write("one", "two")
    posts.write(post, title="Renamed", body="two", tags="", note="", seen=1, by=cast.author)

    exports.to_git(folder, by=OPERATOR)

    assert subjects(folder) == [
        "First version",
        "“one” became “two”",
        "Title changed from “A post” to “Renamed”",
    ]
    assert git(folder, "show", "HEAD~2:1-renamed.md") == "one"


def test_revisions_of_a_post_stay_in_order_whatever_their_times_say(app, cast, folder):
    post = save(None, "one", hours=5, by=cast.author, note="first")
    save(post, "two", hours=1, by=cast.author, note="second")
    save(None, "other", hours=3, by=cast.author, note="before")

    exports.to_git(folder, by=OPERATOR)

    assert subjects(folder) == ["before", "first", "second"]


def test_an_import_of_the_export_gives_the_same_texts_notes_and_times(app, cast, folder):
    texts = ["", "one\n", "no end", "# Title\n\ndata 5\ndone\n", "ünï\u202e\ufeff code\n", "", "last\n" * 1000]
    post = None
    for hour, text in enumerate(texts):
        post = save(post, text, hours=hour, by=cast.author, note=f"note {hour}")
        save(None, f"other {hour}", hours=hour, by=cast.editor)
    exports.to_git(folder, by=OPERATOR)

    (plan,) = import_plan.of(Repository(folder), ["1-a-post.md"])
    again = Post.get(imports.carry_out(plan, by=OPERATOR).post_id)

    assert post is not None
    facts = [[(row.body, row.note, row.saved_at) for row in each.versions] for each in (post, again)]
    assert facts[0] == facts[1]
    assert facts[0] == [(text, f"note {hour}", NOON + timedelta(hours=hour)) for hour, text in enumerate(texts)]


def test_texts_that_are_not_kept_are_left_out_and_named(cast, write, folder):
    post = write("one", "two", "three")
    erase.revisions(post, [0], reason="private", by=cast.admin)
    erase.revisions(post, [1], reason="policy", by=cast.admin, retention=True)

    exported = exports.to_git(folder, by=OPERATOR)

    assert exported == Exported(posts=1, revisions=1, left=(Left(1, 0, "erased"), Left(1, 1, "pruned")), in_trash=0)
    assert git(folder, "log", "--patch", "--format=").count("three") == 1


def test_posts_in_the_trash_and_those_of_others_are_not_taken_away(cast, write, folder):
    write("mine", title="Mine")
    trash.delete(write("thrown away", title="Thrown away"), by=cast.author)
    write("theirs", title="Theirs", by=cast.other)

    exported = exports.to_git(folder, by=cast.author)

    assert exported == Exported(posts=1, revisions=1, left=(), in_trash=1)
    assert sorted(path.name for path in folder.iterdir()) == [".git", "1-mine.md"]


@pytest.mark.parametrize(
    ("title", "name"), [("???", "1.md"), ("🙂 x/../y", "1--xy.md"), ("語" * 300, f"1-{'語' * 66}.md")]
)
@pytest.mark.only("sqlite", "no matter of the database")
def test_names_of_files_are_what_any_file_system_takes(app, cast, folder, title, name):
    save(None, "one", hours=0, by=cast.author, title=title)

    exports.to_git(folder, by=OPERATOR)

    assert sorted(path.name for path in folder.iterdir()) == [".git", name]


@pytest.mark.only("sqlite", "no matter of the database")
def test_names_of_people_cannot_break_a_commit(app, cast, folder):
    with transaction():
        cast.author.name = "A <b> c"
    save(None, "one", hours=0, by=cast.author)

    exports.to_git(folder, by=OPERATOR)

    assert git(folder, "log", "--format=%an") == "A b c\n"


def test_an_empty_desk_is_an_empty_repository(app, folder):
    assert exports.to_git(folder, by=OPERATOR) == Exported(posts=0, revisions=0, left=(), in_trash=0)
    assert [path.name for path in folder.iterdir()] == [".git"]


@pytest.mark.only("sqlite", "no matter of the database")
def test_a_folder_with_something_in_it_is_left_alone_and_an_empty_one_is_taken(write, folder):
    write("one")
    folder.mkdir()
    exports.to_git(folder, by=OPERATOR)

    with pytest.raises(Invalid) as refusal:
        exports.to_git(folder, by=OPERATOR)

    assert str(refusal.value) == f"{folder} is not empty: name a folder that does not exist yet."


@pytest.mark.only("sqlite", "no matter of the database")
def test_what_interrupts_an_export_leaves_nothing_behind(write, folder):
    write("one", "two")

    def interrupt(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exports.to_git(folder, by=OPERATOR, progress=interrupt)

    assert [path.name for path in folder.parent.iterdir() if "desk" in path.name] == []
