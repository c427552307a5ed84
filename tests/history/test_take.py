"""Changes of one comparison or several land in a form's text; nothing is written by it."""

import pytest

from webapp.errors import Gone, Invalid, Missing, NotTaken
from webapp.history import take
from webapp.history.take import MOST_COMPARISONS, Landed
from webapp.operations import erase
from webapp.pure import diff
from webapp.pure.content import Writing
from webapp.pure.take import Tick

FIRST, SECOND, THIRD = "Dawn.\n\nBen.\n\nTar.\n", "Dusk.\n\nBen.\n\nTar.\n", "Dusk.\n\nOtto.\n\nRope.\n"


def ticks(old, new, taken, *, texts):
    return [Tick(old, new, taken, hunk.key) for hunk in diff.compare(*texts).hunks]


def form(body, title="A post"):
    return Writing(title, (), body)


def test_changes_of_several_revisions_land_together(write):
    post = write(FIRST, SECOND, THIRD)
    of_first = ticks(0, 1, 0, texts=(FIRST, SECOND))
    _, rope = ticks(1, 2, 1, texts=(SECOND, THIRD))

    assert take.into(post, form(THIRD), [*of_first, rope]) == Landed(form("Dawn.\n\nOtto.\n\nTar.\n"), (0, 1))


def test_a_comparison_with_the_form_is_one_with_what_it_says(write):
    post = write(FIRST, SECOND)
    typed = form(SECOND + "\nMore.\n", title="Typed")
    dawn, _ = ticks(0, "form", 0, texts=(FIRST, typed.body))

    landed = take.into(post, typed, [dawn, Tick(0, "form", 0, "title")])

    assert landed == Landed(form(FIRST + "\nMore.\n"), (0,))


def test_what_does_not_fit_is_not_taken(write):
    post = write(FIRST, SECOND)

    with pytest.raises(NotTaken):
        take.into(post, form("Noon.\n\nBen.\n\nTar.\n"), ticks(0, 1, 0, texts=(FIRST, SECOND)))


@pytest.mark.only("sqlite", "decided in Python")
def test_a_revision_that_is_not_there_gives_nothing(write):
    post = write(FIRST, SECOND)
    write("another post", "has", "more")

    with pytest.raises(Missing):
        take.into(post, form(SECOND), [Tick(0, 2, 0, "title")])


def test_an_erased_revision_gives_nothing(write, cast):
    post = write(FIRST, SECOND, THIRD)
    erase.revisions(post, [0], reason="asked for", by=cast.admin)

    with pytest.raises(Gone):
        take.into(post, form(THIRD), [Tick(0, 2, 0, "title")])


@pytest.mark.only("sqlite", "decided in Python")
def test_there_is_an_end_to_the_comparisons_of_one_request(write):
    post = write(*map(str, range(20)))

    with pytest.raises(Invalid):
        take.into(post, form("x"), [Tick(at, 19, at, "title") for at in range(MOST_COMPARISONS + 1)])
