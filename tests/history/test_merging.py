"""What was typed, against what was saved meanwhile."""

import pytest

from webapp.errors import Missing
from webapp.history import merging
from webapp.models import Post
from webapp.operations import erase


def test_a_race_names_its_sides(write):
    post = write("one\n\ntwo\n", "one by her\n\ntwo\n")

    race = merging.race(post, title=" A  post", tags="a,a", body="one\r\n\r\ntwo of mine\r\n", seen=0)

    assert (race.seen, race.latest.number) == (0, 1)
    assert race.together.writing().body == "one by her\n\ntwo of mine\n"
    assert race.together.writing().tags == ("a",)


def test_there_is_nothing_to_merge_with_when_the_base_is_not_kept(write, cast):
    post = write("one", "two")
    erase.revisions(post, [0], reason="asked to", by=cast.admin)

    assert merging.race(Post.get(1), title="", tags="", body="mine", seen=0).together is None


def test_a_revision_that_was_not_merged_has_no_side(write):
    with pytest.raises(Missing):
        merging.side(write("one").id, 0)
