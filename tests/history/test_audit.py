"""Lines of the audit log in the activity: which of them are told."""

from datetime import UTC, datetime

from webapp.database import transaction
from webapp.history import activity, audit
from webapp.models import OPERATOR, Event, Post
from webapp.operations import erase, publication


def verbs(by):
    return [entry.verb for day in activity.page(by=by).days for entry in day.entries]


def test_what_concerns_no_post_is_not_told(write, cast, enter):
    write("one")
    enter(cast.editor)

    assert verbs(cast.admin) == ["save"]


def test_what_the_operator_did_has_no_person(write, cast):
    write("one", "two")
    erase.revisions(Post.get(1), {0}, reason="asked to", by=OPERATOR)

    (entry, *_) = activity.page(by=cast.admin).days[0].entries

    assert (entry.verb, entry.people) == ("erase", ())


def test_an_import_is_told_by_its_revisions_and_not_again_by_its_line(write, cast):
    write("one")
    with transaction():
        Event.log("import", by=cast.admin, post_id=1, revision=0, detail="1 from a.md")

    assert verbs(cast.admin) == ["save"]


def test_the_last_thing_done_is_known_by_its_moment(write, cast):
    assert audit.last_told_at() is None
    write("one")
    assert audit.last_told_at() is None
    before = datetime.now(UTC)

    publication.publish(Post.get(1), revision=0, by=cast.author)
    write("two", post=Post.get(1))

    assert before <= audit.last_told_at() <= datetime.now(UTC)
