"""Refusals are sentences, and carry what the answer needs."""

from datetime import UTC, datetime

import pytest

from webapp import errors


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errors.Missing(), "There is nothing here."),
        (errors.Missing("No such page."), "No such page."),
        (errors.NotAllowed(), "You do not have the right to do this."),
        (
            errors.Conflict(seen=3, latest=5),
            "Revision 5 was saved while revision 3 was on your screen, so nothing was done.",
        ),
        (errors.Invalid({"title": "Too long.", "body": "Too odd."}), "Too long. Too odd."),
        (errors.TooLarge({"body": "Too large."}), "Too large."),
        (errors.Throttled(30), "Too many attempts. Try again in 1 minute."),
        (errors.Throttled(90), "Too many attempts. Try again in 2 minutes."),
        (errors.Throttled(3600), "Too many attempts. Try again in 60 minutes."),
        (errors.Busy(), "Others are writing just now, and their turn does not end. Nothing was saved; try again."),
    ],
)
def test_an_error_is_a_sentence(error, sentence):
    assert str(error) == sentence
    assert isinstance(error, errors.StetError)


def test_a_conflict_knows_both_revisions():
    error = errors.Conflict(seen=3, latest=5)

    assert (error.seen, error.latest) == (3, 5)


def test_what_is_gone_is_known_by_whom_when_and_why():
    at = datetime(2026, 1, 2, tzinfo=UTC)
    error = errors.Gone(post_id=1, revision=2, reason="a phone number", at=at, by="Ada")

    assert str(error) == (
        "The text of revision 2 is not kept any more. Taken out by Ada on 2 January 2026: a phone number"
    )
    assert (error.post_id, error.revision, error.reason, error.at, error.by) == (1, 2, "a phone number", at, "Ada")


def test_an_invalid_input_keeps_its_own_copy_of_the_fields():
    fields = {"title": "Too long."}
    error = errors.Invalid(fields)
    fields["title"] = "changed"

    assert error.fields == {"title": "Too long."}


def test_too_large_is_invalid():
    assert issubclass(errors.TooLarge, errors.Invalid)


def test_one_second_more_to_wait_is_known():
    assert errors.Throttled(61).wait_seconds == 61
