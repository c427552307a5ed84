"""What an import from git is going to do: titles, notes, and every version that cannot be stored by its name."""

import pytest
import sqlalchemy as sa

from tests.repositories import PAGE, MadeRepository
from webapp.database import db
from webapp.git import Repository
from webapp.models import OPERATOR, ImportSource, Post, User
from webapp.operations import import_plan, imports
from webapp.operations.import_plan import Plan, Refused, Skipped
from webapp.operations.imports import Imported


def planned(made: MadeRepository, *paths: str, skip_bad: bool = False) -> tuple[Plan, ...]:
    return import_plan.of(Repository(made.folder), paths or ("a.md",), skip_bad=skip_bad)


def run(made: MadeRepository, path: str = "a.md", *, skip_bad: bool = False) -> Imported:
    (plan,) = planned(made, path, skip_bad=skip_bad)
    return imports.carry_out(plan, by=OPERATOR)


def texts(post_id: int) -> list[str]:
    return [version.body for version in Post.get(post_id).versions]


# ── Titles and notes ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("intro\n\n## Second\n\n# The *title*, `marked`\n\n# Another", "The title, marked"),
        ("Underlined\ntitle\n=====\n", "Underlined title"),
        ("```\n# a comment\n```\n", "a.md"),
        ("## only smaller ones\n", "a.md"),
        ("# \n", "a.md"),
        ("", "a.md"),
    ],
)
@pytest.mark.only("sqlite", "no matter of the database")
def test_the_title_is_the_first_heading_of_the_newest_text_else_the_files_name(app, made, text, title):
    made.commit("begin", a="# Old title")
    made.commit("newest", a=text)

    post = Post.get(run(made).post_id)

    assert [version.title for version in post.versions] == [title, title]


@pytest.mark.only("sqlite", "no matter of the database")
def test_notes_are_one_line_of_at_most_500_characters_without_what_cannot_be_written(app, made):
    made.commit("bell \a and\tescape \x1b[31m\u202ered", a="one")
    made.commit("x" * 600, a="two")
    made.commit(" ", a="three")

    run(made)

    assert [version.note for version in Post.get(1).versions][:2] == ["bell and escape [31m red", "x" * 499 + "…"]


# ── What cannot be stored ───────────────────────────────────────────────────────────────────────


def bad_history(made: MadeRepository) -> tuple[Skipped, ...]:
    """Commit good and bad versions of `a.md` and return the bad ones as an import names them."""
    made.commit("good", a="one")
    bad = {
        made.commit("latin", a=b"caf\xe9"): "It is not UTF-8: byte 0xE9 at 3.",
        made.commit("half a character", a=b"\xed\xa0\x80"): "It is not UTF-8: byte 0xED at 0.",
        made.commit("nul", a="a\0b"): "The body holds a NUL character, which cannot be stored.",
        made.commit("3 MiB", a="x" * 3 * 2**20): "A text has at most 2 MiB, this one 3 MiB.",
        made.commit("5 MiB", a="x" * 5 * 2**20): "A text has at most 2,097,152 bytes, this one 5,242,880.",
        made.commit("no such day", a="day", at="@99999999999999 +0000"): "Its time is in no calendar.",
    }
    made.put("a.md", None)
    (made.folder / "a.md").symlink_to("b.md")
    bad[made.commit("link")] = "It is a link to something else, not a text."
    (made.folder / "a.md").unlink()
    made.commit("good again", a="two")
    return tuple(Skipped(commit[:7], what) for commit, what in bad.items())


def test_an_import_with_versions_that_cannot_be_stored_names_them_all_and_writes_nothing(app, made):
    bad = bad_history(made)

    with pytest.raises(Refused) as refusal:
        run(made)

    assert str(refusal.value).splitlines() == [
        "a.md has versions that cannot be stored; with --skip-bad they are left out:",
        *(f"  {version.commit}: {version.what}" for version in bad),
    ]
    assert [db.session.scalar(sa.select(table.id)) for table in (Post, User)] == [None, None]


def test_versions_that_cannot_be_stored_are_left_out_when_asked(app, made):
    bad = bad_history(made)

    imported = run(made, skip_bad=True)

    assert texts(1) == ["one", "two"]
    assert imported.skipped == bad
    assert run(made).added == 0


def test_one_bad_file_of_several_stops_them_all(app, made):
    made.commit("begin", a="one", b=b"\xff", c=b"\xfe")
    with pytest.raises(Refused) as refusal:
        planned(made, "a.md", "b.md", "c.md")
    assert [line.split(" ")[0] for line in str(refusal.value).splitlines()] == ["b.md", "", "c.md", ""]
    assert db.session.scalar(sa.select(Post.id)) is None


@pytest.mark.only("sqlite", "no matter of the database")
def test_a_file_with_no_version_that_can_be_stored_is_refused_in_any_case(app, made):
    made.commit("begin", a=b"\xff")
    with pytest.raises(Refused, match=r"^a\.md has no version that can be stored\.$"):
        run(made, skip_bad=True)


@pytest.mark.only("sqlite", "no matter of the database")
def test_the_limit_is_that_of_the_desk_and_carriage_returns_do_not_count(app, made):
    app.config["MAX_BODY_BYTES"] = 100
    made.commit("begin", a="x\r\n" * 50)
    assert len(texts(run(made).post_id)[0]) == 100


@pytest.mark.only("sqlite", "no matter of the database")
def test_names_of_files_that_are_not_utf8_are_refused_unless_they_are_past(app, made):
    made.put("\udce4.md", PAGE)
    made.commit("begin")
    with pytest.raises(Refused, match="is a name that is not UTF-8"):
        run(made, "\udce4.md")
    made.git("mv", "\udce4.md", "a.md")
    made.commit("rename")

    assert [run(made).added, run(made).added] == [1, 0]
    assert db.session.get(ImportSource, 1).path == "\ufffd.md"
