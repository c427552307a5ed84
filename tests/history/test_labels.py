"""All names of a revision, and what a change of one is known by."""

from webapp.history import head, labels, preview
from webapp.history.labels import Naming
from webapp.history.people import person
from webapp.models import OPERATOR
from webapp.operations import erase
from webapp.operations import labels as naming


def test_a_revision_without_a_name_has_none(write):
    post = write("one", "two")

    assert labels.of(post, 0) == ()
    assert preview.at(post, 0).label is None


def test_all_names_are_told_with_who_gave_and_took_them_the_newest_first(write, cast):
    post = write("one", "two")
    naming.name(post, 0, name="Draft", by=OPERATOR)
    naming.name(post, 0, name="Sent to review", by=cast.author)
    naming.name(post, 1, name="Another revision's", by=cast.author)

    newest, oldest = labels.of(post, 0)

    assert newest == Naming("Sent to review", person(cast.author), newest.at, None, None)
    assert oldest == Naming("Draft", None, oldest.at, newest.at, person(cast.author))
    assert oldest.at < newest.at


def test_a_revision_is_shown_with_the_name_that_it_has_now(write, cast):
    post = write("one", "two")
    for name in ("Draft", "Sent to review"):
        naming.name(post, 0, name=name, by=cast.author)
    assert (preview.at(post, 0).label, preview.at(post, 1).label) == ("Sent to review", None)

    naming.remove(post, 0, by=cast.author)

    assert preview.at(post, 0).label is None


def test_names_that_were_erased_are_not_told(write, cast):
    post = write("one", "two")
    naming.name(post, 0, name="Draft", by=cast.author)
    erase.revisions(post, [0], reason="asked for", by=cast.admin)

    assert labels.of(post, 0) == ()


def test_the_head_of_a_post_tells_one_state_of_its_names_from_every_other(write, cast):
    post = write("one", "two")
    states = set()

    for number, name in ((0, "A"), (1, "A"), (0, "B"), (0, None), (0, "B"), (0, None), (1, None), (0, "A")):
        if name is None:
            naming.remove(post, number, by=cast.author)
        else:
            naming.name(post, number, name=name, by=cast.author)
        given = frozenset((each, name.at) for each in (0, 1) for name in labels.of(post, each) if name.until is None)
        states.add((head.of(post.id, by=cast.author).labels, given))

    assert len(states) == len({known for known, _ in states}) == len({given for _, given in states}) == 7
