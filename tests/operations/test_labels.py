"""Naming revisions: who may, what a name is, and that nothing of it is forgotten."""

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Gone, Invalid, Missing, NotAllowed
from webapp.models import OPERATOR, Event, Label
from webapp.operations import erase, labels, trash
from webapp.pure.content import LABEL_CHARACTERS


def names(post) -> list[tuple[int, str, int | None, int | None, bool]]:
    """All names that the post's revisions ever had: number, name, who gave it, who took it, whether it is taken."""
    db.session.rollback()
    db.session.expire_all()
    rows = db.session.scalars(sa.select(Label).where(Label.post_id == post.id).order_by(Label.id))
    return [(row.revision, row.name, row.named_by_id, row.removed_by_id, row.removed_at is not None) for row in rows]


def lines(post) -> list[tuple[str, int | None, int | None]]:
    query = sa.select(Event.verb, Event.revision, Event.by_id).where(Event.post_id == post.id, Event.verb != "save")
    return [tuple(row) for row in db.session.execute(query.order_by(Event.id))]


def test_a_revision_gets_a_name(write, cast):
    post = write("one", "two")

    assert labels.name(post, 0, name="  Sent to\n review ", by=cast.author) == 0

    assert names(post) == [(0, "Sent to review", cast.author.id, None, False)]
    assert lines(post) == [("label", 0, cast.author.id)]


def test_a_number_from_the_end_names_the_same_revision_for_ever(write, cast):
    post = write("one", "two")

    assert labels.name(post, -1, name="Latest then", by=OPERATOR) == 1
    write("three", post=post)

    assert names(post) == [(1, "Latest then", None, None, False)]


def test_renaming_keeps_who_said_what_before(write, cast):
    post = write("one")
    labels.name(post, 0, name="Draft", by=cast.author)

    labels.name(post, 0, name="Sent to review", by=cast.editor)

    assert names(post) == [
        (0, "Draft", cast.author.id, cast.editor.id, True),
        (0, "Sent to review", cast.editor.id, None, False),
    ]
    assert lines(post) == [("label", 0, cast.author.id), ("rename label", 0, cast.editor.id)]


def test_the_same_name_again_changes_nothing(write, cast):
    post = write("one")
    labels.name(post, 0, name="Draft", by=cast.author)

    labels.name(post, 0, name=" Draft ", by=cast.editor)

    assert names(post) == [(0, "Draft", cast.author.id, None, False)]
    assert lines(post) == [("label", 0, cast.author.id)]


def test_a_name_is_removed_and_another_one_given_later(write, cast):
    post = write("one")
    labels.name(post, 0, name="Draft", by=cast.author)

    assert labels.remove(post, -1, by=cast.editor) == 0
    labels.remove(post, 0, by=cast.editor)
    labels.name(post, 0, name="Draft", by=cast.author)

    assert names(post) == [
        (0, "Draft", cast.author.id, cast.editor.id, True),
        (0, "Draft", cast.author.id, None, False),
    ]
    assert [verb for verb, _, _ in lines(post)] == ["label", "remove label", "label"]


def test_naming_makes_no_revision(write, cast):
    post = write("one")

    labels.name(post, 0, name="Draft", by=cast.author)

    assert (post.revision, len(post.versions)) == (0, 1)


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Type a name for this revision."),
        (" \n\t ", "Type a name for this revision."),
        ("x" * (LABEL_CHARACTERS + 1), "A name has at most 120 characters, this one 121."),
        ("a\0b", "The name holds a NUL character, which cannot be stored."),
        ("a\ud800b", "The name holds half a character (U+D800), which cannot be stored."),
    ],
)
def test_what_is_no_name_is_refused(write, cast, name, said):
    post = write("one")

    with pytest.raises(Invalid) as refused:
        labels.name(post, 0, name=name, by=cast.author)

    assert refused.value.fields == {"name": said}
    assert names(post) == []


@pytest.mark.parametrize(
    "name", ["x" * LABEL_CHARACTERS, "<script>alert(1)</script>", "شكراً 𝕏 👩‍👩‍👧", "'; DROP TABLE label; --"]
)
def test_any_line_of_text_is_a_name(write, cast, name):
    post = write("one")

    labels.name(post, 0, name=name, by=cast.author)

    assert names(post) == [(0, name, cast.author.id, None, False)]


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize("who", ["reader", "other"])
def test_who_may_not_edit_may_not_name(write, cast, who):
    post = write("one")
    labels.name(post, 0, name="Draft", by=cast.author)

    with pytest.raises(NotAllowed):
        labels.name(post, 0, name="Mine", by=getattr(cast, who))
    with pytest.raises(NotAllowed):
        labels.remove(post, 0, by=getattr(cast, who))

    assert names(post) == [(0, "Draft", cast.author.id, None, False)]


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("number", [1, 99, -2])
def test_a_revision_that_is_not_there_has_no_name(write, cast, number):
    post = write("one")

    with pytest.raises(Missing):
        labels.name(post, number, name="Draft", by=cast.author)
    with pytest.raises(Missing):
        labels.remove(post, number, by=cast.author)

    assert names(post) == []


def test_a_text_that_is_not_kept_gets_no_name(write, cast):
    post = write("one", "two")
    erase.revisions(post, [0], reason="asked for", by=cast.admin)

    with pytest.raises(Gone):
        labels.name(post, 0, name="What was here", by=cast.author)

    assert names(post) == []


def test_nothing_is_named_in_the_trash(write, cast):
    post = write("one")
    labels.name(post, 0, name="Draft", by=cast.author)
    trash.delete(post, by=cast.author)

    with pytest.raises(Missing):
        labels.name(post, 0, name="Another", by=cast.author)
    with pytest.raises(Missing):
        labels.remove(post, 0, by=cast.author)

    assert names(post) == [(0, "Draft", cast.author.id, None, False)]
