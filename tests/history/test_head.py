"""What a post's pages need to know of it besides its text, and for whom it exists at all."""

from dataclasses import FrozenInstanceError

import pytest

from webapp.errors import Gone, Missing
from webapp.history import head
from webapp.history.people import person
from webapp.models import OPERATOR
from webapp.operations import erase, publication, trash
from webapp.pure.roles import Ability


def test_the_head_of_a_post(write, cast):
    post = write("one", "two", title="A title", tags="a, b")
    publication.publish(post, revision=0, by=cast.author)

    assert head.of(post.id, by=cast.author) == head.Head(
        id=post.id,
        title="A title",
        tags=("a", "b"),
        revision=1,
        live_revision=0,
        text_id=post.text_id,
        digest=post.digest,
        erased=0,
        labels=(0, None),
        author=person(cast.author),
        in_trash=False,
        may_publish=True,
        may_trash=True,
        may_erase=False,
    )


def test_latest_is_the_number_of_the_latest_revision(write, cast):
    assert head.of(write("one", "two", "three").id, by=cast.author).latest == 2


def test_a_head_cannot_be_changed(write, cast):
    found = head.of(write("one").id, by=cast.author)

    with pytest.raises(FrozenInstanceError):
        found.title = "x"


def test_a_head_takes_one_query_that_reads_no_body(write, cast, statements):
    post_id, author = write("one").id, cast.author
    assert author.role == "author"

    with statements() as said:
        head.of(post_id, by=author)

    assert len(said) == 1
    assert "body" not in said[0]


@pytest.mark.parametrize("who", ["reader", "other"])
def test_who_may_not_edit_it_is_told_what_a_wrong_number_is_told(write, cast, who):
    post = write("one")
    publication.publish(post, revision=0, by=cast.author)

    with pytest.raises(Missing) as hidden:
        head.of(post.id, by=getattr(cast, who))
    with pytest.raises(Missing) as absent:
        head.of(post.id + 1, by=getattr(cast, who))

    assert str(hidden.value) == str(absent.value)


@pytest.mark.parametrize(("who", "erases"), [("author", False), ("editor", False), ("admin", True), ("operator", True)])
def test_who_may_do_what(write, cast, who, erases):
    by = OPERATOR if who == "operator" else getattr(cast, who)
    found = head.of(write("one").id, by=by)

    assert (found.may_publish, found.may_trash, found.may_erase) == (True, True, erases)


def test_the_trash_is_another_place(write, cast):
    post = write("one")
    with pytest.raises(Missing):
        head.of(post.id, by=cast.author, trash=True)

    trash.delete(post, by=cast.author)

    assert head.of(post.id, by=cast.author, trash=True).in_trash is True
    with pytest.raises(Missing):
        head.of(post.id, by=cast.author)


def test_the_ability_asked_for_decides(write, cast):
    post = write("one")

    with pytest.raises(Missing):
        head.of(post.id, by=cast.author, ability=Ability.ERASE)
    assert head.of(post.id, by=cast.admin, ability=Ability.ERASE).id == post.id


@pytest.mark.parametrize("in_trash", [True, False])
def test_a_post_deleted_for_good_is_gone_to_those_who_could_edit_it_and_missing_to_others(write, cast, in_trash):
    post = write("one")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="asked for", by=cast.admin)

    with pytest.raises(Gone) as gone:
        head.of(post.id, by=cast.author, trash=in_trash)
    assert (gone.value.by, gone.value.reason) == ("Ada Admin", "asked for")
    with pytest.raises(Missing):
        head.of(post.id, by=cast.other, trash=in_trash)
