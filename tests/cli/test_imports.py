"""`stet import …`."""

import json

import pytest
import sqlalchemy as sa

from webapp.cli.imports import imports
from webapp.database import db
from webapp.models import Post

pytestmark = pytest.mark.only("sqlite", "operations are tested on both")


@pytest.fixture
def stet(app, made):
    """Return a function: `stet("a.md")` imports that file and gives (exit code, standard output, error)."""

    def stet(*arguments: str) -> tuple[int, str, str]:
        result = app.test_cli_runner().invoke(imports, ["git", str(made.folder), *arguments])
        return result.exit_code, result.stdout, result.stderr

    return stet


def test_an_import_says_where_the_post_is_and_how_far_it_gets(stet, made):
    for number in range(20):
        made.commit("change", a=f"# Notes\n\ntext {number}")

    code, output, error = stet("a.md")

    assert (code, output) == (
        0,
        "a.md: 20 revisions added to post 1, “Notes”, which has 20 now: http://127.0.0.1:8000/1\n",
    )
    assert error.splitlines() == [f"a.md: {done} of 20" for done in range(2, 21, 2)]


def test_a_second_import_says_what_is_new(stet, made):
    made.commit("begin", a="one")
    stet("a.md")
    made.commit("change", a="two")

    assert stet("a.md")[:2] == (
        0,
        "a.md: 1 revision added to post 1, “a.md”, which has 2 now: http://127.0.0.1:8000/1\n",
    )
    assert stet("a.md") == (
        0,
        "a.md: 0 revisions added to post 1, “a.md”, which has 2 now: http://127.0.0.1:8000/1\n",
        "",
    )


def test_an_interrupted_import_says_how_it_goes_on(stet, made):
    for number in range(3):
        made.commit("change", a=f"text {number}")

    def interrupt(*_: object) -> None:
        if db.session.scalar(sa.func.count(Post.id).select()):
            raise KeyboardInterrupt

    sa.event.listen(db.session, "before_commit", interrupt)
    code, _, error = stet("a.md")
    sa.event.remove(db.session, "before_commit", interrupt)

    assert code == 1
    assert "Error: a.md: interrupted. What is in is whole; the same command goes on from there." in error
    assert stet("a.md")[1].endswith("which has 3 now: http://127.0.0.1:8000/1\n")


def test_what_is_out_of_the_ordinary_is_said(stet, made):
    made.commit("begin", a="one\r\n")
    made.commit("line ends", a="one\n")
    deletion = made.commit("delete", a=None)[:7]
    bad = made.commit("bad", a=b"\xff")[:7]

    _, output, _ = stet("a.md", "--skip-bad")

    assert output.splitlines()[1:] == [
        "  commits that did not change the text and made no revision: 1",
        "  versions with CRLF or CR line ends in git, which are LF here: 1",
        f"  deleted in {deletion}, made again in {bad}",
        f"  left out {bad}: It is not UTF-8: byte 0xFF at 0.",
    ]


def test_a_script_gets_the_facts_as_json(stet, made):
    made.commit("begin", a="one")
    bad = made.commit("bad", a=b"\xff")[:7]

    code, output, _ = stet("a.md", "--skip-bad", "--json", "--ref", "main")

    assert (code, json.loads(output)) == (
        0,
        {
            "post": 1,
            "address": "/1",
            "url": "http://127.0.0.1:8000/1",
            "title": "a.md",
            "path": "a.md",
            "revisions": 1,
            "added": 1,
            "same": 0,
            "line_ends": 0,
            "skipped": [{"commit": bad, "what": "It is not UTF-8: byte 0xFF at 0."}],
            "remarks": [],
        },
    )


def test_all_markdown_files_of_a_folder_are_posts_one_line_each(stet, made):
    for path in ("docs/a.md", "docs/deep/b.md", "c.md", "docs/d.txt"):
        made.put(path, path)
    made.commit("begin")

    code, output, _ = stet("docs", "--all", "--json")

    facts = [json.loads(line) for line in output.splitlines()]
    assert (code, [(fact["post"], fact["path"]) for fact in facts]) == (0, [(1, "docs/a.md"), (2, "docs/deep/b.md")])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nothing.md"], "There is no nothing.md in HEAD."),
        (["a.md", "--ref", "nothing"], "{folder} has no commit nothing."),
        (["a.md", "--ref", "--exec"], "'--exec' is no name of a commit."),
        (["../a.md"], "'../a.md' is not inside {folder}: name a path as the repository does."),
        (["text", "--all"], "There are no Markdown files in text."),
        (["nowhere", "--all"], "There is no nowhere in HEAD."),
    ],
)
def test_what_cannot_be_found_fails_with_1_and_one_sentence(stet, made, arguments, sentence):
    made.put("text/b.txt", "text")
    made.commit("begin", a="one")
    assert stet(*arguments) == (1, "", f"Error: {sentence.format(folder=made.folder)}\n")


def test_versions_that_cannot_be_stored_fail_with_1_are_all_named_and_nothing_is_written(stet, made):
    made.commit("begin", a="one")
    bad = [made.commit("bad", a=b"\xff")[:7], made.commit("worse", a=b"\0")[:7]]

    code, output, error = stet("a.md")

    assert (code, output, error.splitlines()) == (
        1,
        "",
        [
            "Error: a.md has versions that cannot be stored; with --skip-bad they are left out:",
            f"  {bad[0]}: It is not UTF-8: byte 0xFF at 0.",
            f"  {bad[1]}: The body holds a NUL character, which cannot be stored.",
        ],
    )
    assert db.session.scalar(sa.select(Post.id)) is None


def test_a_command_without_a_path_is_wrong_usage(stet):
    assert stet()[0] == 2
