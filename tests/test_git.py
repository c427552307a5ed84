"""Reading repositories: whose history a file has."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.repositories import FIRST_SECOND, PAGE, MadeRepository, history, steps
from webapp.git import Author, Change, Repository


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
