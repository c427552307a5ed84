"""Changes come back one by one, into a text that stayed or moved on; what does not fit is refused, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.errors import NotTaken
from webapp.pure import diff, take
from webapp.pure.content import Writing
from webapp.pure.take import Tick

OLD = Writing("Old", ("a",), "one\n\ntwo\n\nthree\n")
NEW = Writing("New", ("b",), "1\n\ntwo\n\n3\n")

texts = st.lists(st.sampled_from(["\n", "a\n", "b\n", "c\n", "d"]), max_size=12).map("".join)


def keys(old, new):
    return [hunk.key for hunk in diff.compare(old.body, new.body).hunks]


def body(text):
    return Writing("T", (), text)


def test_one_change_is_taken_back_and_the_others_stay():
    first, second = keys(OLD, NEW)

    assert take.into(NEW, old=OLD, new=NEW, from_old=True, keys=[first]).body == "one\n\ntwo\n\n3\n"
    assert take.into(NEW, old=OLD, new=NEW, from_old=True, keys=[second]).body == "1\n\ntwo\n\nthree\n"
    assert take.into(NEW, old=OLD, new=NEW, from_old=True, keys=[first, second]) == Writing("New", ("b",), OLD.body)


def test_a_change_is_taken_from_the_newer_side_too():
    first, _ = keys(OLD, NEW)

    assert take.into(OLD, old=OLD, new=NEW, from_old=False, keys=[first]).body == "1\n\ntwo\n\nthree\n"


def test_title_and_tags_are_taken_back_alone():
    assert take.into(NEW, old=OLD, new=NEW, from_old=True, keys=["title"]) == Writing("Old", ("b",), NEW.body)
    assert take.into(NEW, old=OLD, new=NEW, from_old=True, keys=["tags"]) == Writing("New", ("a",), NEW.body)


def test_a_change_lands_in_a_text_that_moved_on_elsewhere():
    first, _ = keys(OLD, NEW)
    form = body("1\n\ntwo\n\nand more\n\n3\n\nfour\n")

    assert (
        take.into(form, old=OLD, new=NEW, from_old=True, keys=[first]).body == "one\n\ntwo\n\nand more\n\n3\n\nfour\n"
    )


def test_a_change_that_is_there_already_changes_nothing():
    first, _ = keys(OLD, NEW)

    assert take.into(OLD, old=OLD, new=NEW, from_old=True, keys=[first]) == OLD


def test_where_the_text_went_another_way_nothing_is_taken():
    first, _ = keys(OLD, NEW)

    with pytest.raises(NotTaken, match="do not go together"):
        take.into(body("eins\n\ntwo\n\n3\n"), old=OLD, new=NEW, from_old=True, keys=[first])


def test_a_change_that_is_not_there_any_more_is_refused():
    first, second = keys(OLD, NEW)
    moved = body("0\n\n" + NEW.body)

    with pytest.raises(NotTaken, match="not there any more"):
        take.into(moved, old=OLD, new=moved, from_old=True, keys=[first])
    assert {first, second}.isdisjoint(keys(OLD, moved))


@given(texts, texts, st.data())
def test_any_changes_may_be_taken_in_any_number_of_steps(old, new, data):
    old, new = body(old), body(new)
    all_keys = keys(old, new)
    chosen = [key for key in all_keys if data.draw(st.booleans())]

    at_once = take.into(new, old=old, new=new, from_old=True, keys=chosen)

    numbers = [number for number, key in enumerate(all_keys) if key not in chosen]
    assert at_once.body == diff.take(old.body, new.body, numbers)
    assert take.into(new, old=old, new=new, from_old=True, keys=all_keys) == old
    assert len(set(all_keys)) == len(all_keys)


@given(texts, texts, texts)
def test_into_any_other_text_it_fits_or_is_refused(old, new, form):
    old, new = body(old), body(new)

    try:
        landed = take.into(body(form), old=old, new=new, from_old=True, keys=keys(old, new))
    except NotTaken:
        return
    assert set(landed.body.split("\n")) <= set("\n".join((old.body, new.body, form)).split("\n")) | {""}


@pytest.mark.parametrize("tick", [Tick(3, 7, 3, "a1b2"), Tick(3, "form", 3, "title"), Tick(7, 3, 3, "tags")])
def test_a_tick_is_read_as_it_was_written(tick):
    assert Tick.parse(str(tick)) == tick


@pytest.mark.parametrize(
    "text",
    ["", "3.7.3", "3.7.3.a.b", "3.7.5.a", "form.form.3.a", "3.3.3.a", "x.7.7.a", "-1.7.7.a", "3.7.form.a", "³.7.7.a"],
)
def test_what_is_no_tick_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  a wrong number of parts says so in Python's words
        Tick.parse(text)
