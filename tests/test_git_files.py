"""Reading repositories: files and their bytes, and what is refused."""

import os

import pytest

from tests.repositories import PAGE, history, steps
from webapp.git import Repository, TooBig
from webapp.git_program import GitFailed

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
