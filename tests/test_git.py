"""Reading repositories: whose history a file has, and what is refused."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.repositories import FIRST_SECOND, MadeRepository
from webapp.git import Author, Change, Repository, TooBig
from webapp.git_program import GitFailed

PAGE = "".join(f"line {number} of a page that is long enough to be known again\n" for number in range(20))


@pytest.fixture
def made(tmp_path: Path) -> MadeRepository:
    return MadeRepository(tmp_path / "repository")


def history(made: MadeRepository, path: str = "a.md", *, ref: str = "HEAD") -> tuple[Change, ...]:
    return Repository(made.folder, ref=ref).history(path)


def steps(changes: tuple[Change, ...]) -> list[tuple[str, str, bool]]:
    """Return the subject, the path and whether there is a text, of each change."""
    return [(change.subject, change.path, change.blob is not None) for change in changes]


# ── History ─────────────────────────────────────────────────────────────────────────────────────


def test_the_commits_that_changed_a_file_come_oldest_first(made):
    made.commit("begin", a="one", b="other")
    made.commit("something else", b="changed")
    made.commit("go on\n\nat length", a="two")

    assert steps(history(made)) == [("begin", "a.md", True), ("go on", "a.md", True)]


def test_a_change_says_who_when_and_what(made):
    commit = made.commit("Schluß: ein Satz", by="Jörg Ödön <j@example.org>", at="2020-02-29T23:30:00+05:30", a="one")

    change = history(made)[0]

    assert change == Change(
        commit=commit,
        author=Author("Jörg Ödön", "j@example.org"),
        at=datetime(2020, 2, 29, 18, 0, tzinfo=UTC),
        subject="Schluß: ein Satz",
        path="a.md",
        blob=made.git("rev-parse", "HEAD:a.md"),
        is_file=True,
        begins=True,
        parent=None,
    )
    assert change.short == commit[:7]


def test_times_are_the_authors_and_not_the_committers(made):
    made.commit("rebased", at="2001-01-01T00:00:00Z", a="one")
    made.commit("as it came", a="two")

    times = [change.at for change in history(made)]

    assert times == [
        datetime(2001, 1, 1, tzinfo=UTC),
        datetime.fromtimestamp(FIRST_SECOND, UTC) + timedelta(hours=2),
    ]


def test_renames_are_followed_also_into_folders_and_with_a_change(made):
    made.commit("begin", a=PAGE)
    made.put("docs/b.md", PAGE + "and a line")
    made.commit("move", a=None)
    made.git("mv", "docs/b.md", "ü b.md")
    made.commit("rename")

    assert steps(history(made, "ü b.md")) == [
        ("begin", "a.md", True),
        ("move", "docs/b.md", True),
        ("rename", "ü b.md", True),
    ]


def test_a_file_that_was_renamed_away_and_back_is_one_file(made):
    made.commit("begin", a=PAGE)
    made.git("mv", "a.md", "b.md")
    made.commit("away")
    made.git("mv", "b.md", "a.md")
    made.commit("back")

    assert steps(history(made)) == [("begin", "a.md", True), ("away", "b.md", True), ("back", "a.md", True)]


def test_a_copy_is_a_new_file(made):
    made.commit("begin", template=PAGE)
    made.commit("copy", a=PAGE)
    made.commit("another copy", b=PAGE)

    assert steps(history(made)) == [("copy", "a.md", True)]


def test_a_deleted_file_that_is_made_again_goes_on(made):
    made.commit("begin", a="one")
    made.commit("delete", a=None)
    made.commit("elsewhere", b="other")
    made.commit("again", a="something quite different")

    assert steps(history(made)) == [("begin", "a.md", True), ("delete", "a.md", False), ("again", "a.md", True)]


def test_a_new_file_with_the_name_of_one_that_was_renamed_begins_anew(made):
    made.commit("begin", a=PAGE)
    made.git("mv", "a.md", "b.md")
    made.commit("rename")
    made.commit("another", a="something quite different")

    assert steps(history(made)) == [("another", "a.md", True)]
    assert steps(history(made, "b.md")) == [("begin", "a.md", True), ("rename", "b.md", True)]


def test_a_merge_is_what_it_changed_against_its_first_parent(made):
    made.commit("begin", a=PAGE)
    made.git("checkout", "--quiet", "-b", "side")
    made.commit("aside", a=PAGE + "side\n")
    made.commit("aside again", a=PAGE + "side\nside\n")
    made.git("checkout", "--quiet", "main")
    made.commit("main", a="top\n" + PAGE)
    made.git("merge", "--quiet", "--no-edit", "side")
    merge = made.git("rev-parse", "HEAD")

    changes = history(made)

    assert [change.subject for change in changes] == ["begin", "main", "Merge branch 'side'"]
    assert changes[-1].commit == merge
    assert changes[-1].blob == made.git("rev-parse", "HEAD:a.md")
    assert [change.subject for change in history(made, ref="side")] == ["begin", "aside", "aside again"]


def test_a_folder_that_had_the_name_of_the_file_is_not_its_history(made):
    made.put("a.md/inside.md", "one")
    made.commit("a folder")
    (made.folder / "a.md/inside.md").unlink()
    (made.folder / "a.md").rmdir()
    made.commit("a file", a="something else")

    assert steps(history(made)) == [("a file", "a.md", True)]


def test_a_symbolic_link_is_no_file(made):
    made.commit("begin", a="one", b="two")
    made.put("a.md", None)
    (made.folder / "a.md").symlink_to("b.md")
    made.commit("a link")

    assert [change.is_file for change in history(made)] == [True, False]


@pytest.mark.parametrize("name", ["*.md", "[a].md", ":(top)a.md", "-a.md", "a b.md", '"a".md', "a\nb.md", "ä.md"])
def test_names_mean_themselves(made, name):
    made.commit("others", a="one", ab="two")
    made.put(name, "named")
    made.commit("named")

    assert steps(history(made, name)) == [("named", name, True)]


def test_messages_in_another_encoding_are_read(made):
    (made.folder / ".git/message").write_bytes("naïve café\n".encode("latin-1"))
    made.git("config", "i18n.commitEncoding", "ISO-8859-1")
    made.put("a.md", "one")
    made.git("add", "a.md")
    made.git("commit", "--quiet", "--file=.git/message")

    assert [change.subject for change in history(made)] == ["naïve café"]


def test_bytes_of_a_message_that_are_no_text_are_marked(made):
    made.commit("caf@", by="@va <e@example.org>", a="one")
    made.falsify(b"@va", b"\xe9va")
    made.falsify(b"caf@", b"caf\xe9")

    assert [(change.subject, change.author.name) for change in history(made)] == [("caf\ufffd", "\ufffdva")]


def test_a_moment_that_no_calendar_has_is_none(made):
    made.commit("begin", a="one", at="@99999999999999 +0000")

    assert [change.at for change in history(made)] == [None]


def test_the_repositorys_own_settings_change_nothing(made):
    made.commit("begin", a="one")
    made.put("program", "#!/bin/sh\ntouch ran\n")
    (made.folder / "program").chmod(0o755)
    for name, value in {
        "core.fsmonitor": "./program",
        "core.pager": "./program",
        "diff.external": "./program",
        "gpg.program": "./program",
        "log.showSignature": "true",
        "log.showRoot": "false",
        "diff.renames": "false",
        "color.ui": "always",
    }.items():
        made.git("config", name, value)

    assert steps(history(made)) == [("begin", "a.md", True)]
    assert (made.folder / "ran").exists() is False


def test_inside_of_a_hook_the_named_repository_is_read(made, tmp_path, monkeypatch):
    made.commit("begin", a="one")
    other = MadeRepository(tmp_path / "other")
    other.commit("another begin", a="other")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))

    assert [change.subject for change in Repository(made.folder).history("a.md")] == ["begin"]


def test_bare_repositories_are_read_too(made, tmp_path):
    made.commit("begin", a="one")
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))

    assert steps(Repository(tmp_path / "bare.git").history("a.md")) == [("begin", "a.md", True)]
    assert steps(Repository(made.folder / ".git").history("a.md")) == [("begin", "a.md", True)]


def test_a_shallow_clone_says_so(made, tmp_path):
    made.commit("begin", a="one")
    made.commit("go on", a="two")
    made.git("clone", "--quiet", "--depth=1", f"file://{made.folder}", str(tmp_path / "shallow"))

    shallow = Repository(tmp_path / "shallow")

    assert (shallow.is_shallow, steps(shallow.history("a.md"))) == (True, [("go on", "a.md", True)])
    assert Repository(made.folder).is_shallow is False


# ── Files and their bytes ───────────────────────────────────────────────────────────────────────


def test_the_markdown_files_of_a_folder_are_those_in_git(made):
    for path in ("README.md", "docs/a.MD", "docs/deep/b.markdown", "docs/c.txt", "docsx/d.md"):
        made.put(path, path)
    made.commit("begin")
    made.put("docs/untracked.md", "not in git")
    (made.folder / "docs/link.md").symlink_to("a.MD")
    made.git("add", "docs/link.md")
    made.commit("link")
    repository = Repository(made.folder)

    assert repository.markdown("docs") == ("docs/a.MD", "docs/deep/b.markdown", "docs/untracked.md")
    assert repository.markdown(".") == (
        "README.md",
        "docs/a.MD",
        "docs/deep/b.markdown",
        "docs/untracked.md",
        "docsx/d.md",
    )


def test_paths_are_those_of_the_folder_that_was_named(made):
    made.put("docs/deep/a.md", "one")
    made.commit("begin")

    assert Repository(made.folder).path("./docs//deep/a.md") == "docs/deep/a.md"
    assert Repository(made.folder / "docs").path("deep/a.md") == "docs/deep/a.md"
    assert Repository(made.folder / "docs").path("../README.md") == "README.md"
    assert Repository(made.folder / "docs").markdown(".") == ("docs/deep/a.md",)


def test_a_history_is_read_from_a_folder_inside_of_the_repository(made):
    made.put("docs/a.md", "one")
    made.commit("begin")
    repository = Repository(made.folder / "docs")

    assert steps(repository.history(repository.path("a.md"))) == [("begin", "docs/a.md", True)]


@pytest.mark.parametrize("setting", ["log.follow=true", "log.diffMerges=off", "log.diffMerges=combined"])
def test_the_settings_of_a_person_change_nothing_in_the_history(made, setting):
    made.commit("begin", a=PAGE)
    made.git("checkout", "-q", "-b", "side")
    made.commit("aside", a=PAGE + "more")
    made.git("checkout", "-q", "-")
    made.git("merge", "-q", "--no-ff", "-m", "take it over", "side")
    made.git("config", *setting.split("="))

    assert steps(history(made)) == [("begin", "a.md", True), ("take it over", "a.md", True)]


def test_bytes_are_read_as_they_are_one_after_the_other(made):
    texts = [b"", b"\r\n\0\xff", b"blob 3\n", b"x" * 3_000_000, b"last"]
    for number, text in enumerate(texts):
        made.commit(f"number {number}", a=text)
    repository = Repository(made.folder)
    ids = [change.blob for change in repository.history("a.md")]

    with repository.blobs() as blobs:
        assert [blobs.read(blob) for blob in ids] == texts
        with pytest.raises(TooBig) as refusal:
            blobs.read(ids[3], most_bytes=2_999_999)
        assert blobs.read(ids[4], most_bytes=4) == b"last"

    assert refusal.value.size_bytes == 3_000_000


def test_an_object_that_is_not_there_is_named(made):
    made.commit("begin", a="one")
    with (
        Repository(made.folder).blobs() as blobs,
        pytest.raises(GitFailed, match=r"^Git does not have the object 1234567: this is not a whole copy"),
    ):
        blobs.read("1234567" + 33 * "0")


# ── What is refused ─────────────────────────────────────────────────────────────────────────────


def test_what_is_no_repository_is_refused(tmp_path):
    (tmp_path / "some.bundle").touch()
    for folder, sentence in {
        tmp_path / "nowhere": f"{tmp_path}/nowhere is not a folder.",
        tmp_path / "some.bundle": f"{tmp_path}/some.bundle is not a folder. A bundle has to be cloned first.",
        tmp_path: f"{tmp_path} is not a git repository.",
    }.items():
        with pytest.raises(GitFailed) as refusal:
            Repository(folder)
        assert str(refusal.value) == sentence


@pytest.mark.parametrize("ref", ["nothing", "", "--output=ran", "HEAD..HEAD", "HEAD:a.md", "0" * 40])
def test_what_is_no_commit_is_refused(made, ref):
    made.commit("begin", a="one")
    with pytest.raises(GitFailed, match=r"no name of a commit|has no commit"):
        Repository(made.folder, ref=ref)
    assert sorted(path.name for path in made.folder.iterdir()) == [".git", "a.md"]


def test_a_repository_without_commits_is_refused(made):
    with pytest.raises(GitFailed) as refusal:
        Repository(made.folder)
    assert str(refusal.value) == f"{made.folder} has no commit HEAD."


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "docs/../../a.md", ""])
def test_paths_outside_are_refused(made, path):
    made.commit("begin", a="one")
    with pytest.raises(GitFailed, match="is not inside"):
        Repository(made.folder).path(path)


def test_a_file_that_is_not_there_any_more_says_which_commit_deleted_it(made):
    made.commit("begin", a="one", b="two")
    commit = made.commit("delete", a=None)

    for path, sentence in {
        "a.md": f"There is no a.md in HEAD: {commit[:7]} deleted it.",
        "nothing.md": "There is no nothing.md in HEAD.",
    }.items():
        with pytest.raises(GitFailed) as refusal:
            history(made, path)
        assert str(refusal.value) == sentence
    with pytest.raises(GitFailed) as refusal:
        Repository(made.folder).markdown("nowhere")
    assert str(refusal.value) == "There is no nowhere in HEAD."


def test_a_machine_without_git_says_so(made, monkeypatch):
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(GitFailed) as refusal:
        Repository(made.folder)
    assert str(refusal.value) == "The program git is not on this machine, or cannot be started."


def test_a_repository_of_somebody_else_says_what_to_do(made, monkeypatch):
    made.commit("begin", a="one")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr("webapp.git_program._KEPT", {"GIT_TEST_ASSUME_DIFFERENT_OWNER"})
    with pytest.raises(GitFailed) as refusal:
        Repository(made.folder)
    assert str(refusal.value).endswith(f"run: git config --global --add safe.directory {made.folder}")
