"""The activity and the feed as answers."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.etree import ElementTree as ET

import pytest

from webapp.database import transaction
from webapp.models import Post
from webapp.operations import posts, publication, trash
from webapp.pure.atom import NAMESPACE

ATOM = {"atom": NAMESPACE}


def lines(answer):
    """Return the sentence of each entry."""
    found = re.findall(r'<p class="activity-what">(.*?)</p>', answer.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", line).split()) for line in found]


@pytest.fixture
def busy(write, cast):
    write("one", title="First")
    publication.publish(write("one two", title="First", post=Post.get(1), by=cast.editor), revision=0, by=cast.author)
    write("theirs", title="Second", by=cast.other)
    trash.delete(Post.get(2), by=cast.other)


def test_each_line_is_a_sentence(busy, enter, cast):
    answer = enter(cast.admin).get("/activity")

    assert lines(answer) == [
        "Otto Other moved Second to the trash",
        "Ana Ruiz published First revision #0",
        "Ed Itor edited First revision #1",
        "Ana Ruiz began First revision #0",
    ]


def test_a_line_leads_to_the_post_the_revision_its_change_and_its_writer(busy, enter, cast):
    page = enter(cast.admin).get("/activity").text

    for address in ("/1/update", "/1/update?revision=1", "/1/compare?from=0&amp;to=1"):
        assert f'href="{address}"' in page
    assert f'href="/people/{cast.editor.public_id}"' in page


def test_to_those_who_only_read_a_post_a_line_leads_to_where_they_read_it(busy, enter, cast):
    page = enter(cast.other).get("/activity")

    assert lines(page) == ["Otto Other moved Second to the trash", "Ana Ruiz published First"]
    assert 'href="/1"' in page.text
    assert 'href="/1/' not in page.text
    assert cast.author.public_id not in page.text


def test_several_posts_of_one_transaction_stand_in_one_line(write, enter, cast):
    with transaction():
        for number in range(7):
            posts.write(None, title=f"Post {number}", body="x", tags="", note="", seen=None, by=cast.editor)

    page = enter(cast.admin).get("/activity")

    assert lines(page) == ["Ed Itor changed 7 posts"]
    assert "and 2 more" in page.text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("kind=published", ["Ana Ruiz published First revision #0"]),
        ("kind=written&person={editor}", ["Ed Itor edited First revision #1"]),
        ("kind=restored", []),
    ],
)
def test_the_form_filters(busy, enter, cast, query, seen):
    answer = enter(cast.admin).get("/activity?" + query.format(editor=cast.editor.public_id))

    assert lines(answer) == seen
    assert ("Nothing found" in answer.text) is (not seen)


def test_a_place_beyond_all_numbers_is_the_beginning(busy, enter, cast):
    browser = enter(cast.editor)

    beyond = browser.get("/activity?before=9999999999999999.9999999999999999")

    assert lines(beyond) == lines(browser.get("/activity"))


@pytest.mark.parametrize("query", ["kind=nonsense", "person=nobody", "before=1", "before=x.y", "before=9.9.9"])
def test_what_names_nothing_is_not_found(busy, enter, cast, query):
    assert enter(cast.admin).get(f"/activity?{query}").status_code == 404


def test_the_next_page_is_a_link_that_keeps_the_filter(write, enter, cast):
    write(*map(str, range(45)))
    browser = enter(cast.admin)
    first = browser.get("/activity?kind=written")
    (older,) = re.findall(r'rel="next" href="([^"]*)"', first.text)

    second = browser.get(older.replace("&amp;", "&"))

    assert "kind=written" in older
    assert len(lines(first)) == 40
    assert lines(second)[-1] == "Ana Ruiz began A post revision #0"
    assert len(lines(second)) == 5


def test_an_empty_desk_says_so(enter, cast):
    assert "All quiet" in enter(cast.admin).get("/activity").text


def feed(client, **headers):
    return client.get("/feed.atom", headers=headers)


def test_the_feed_tells_strangers_what_is_published(busy, client, cast):
    answer = feed(client)

    document = ET.fromstring(answer.data)  # noqa: S314  our own
    (entry,) = document.findall("atom:entry", ATOM)
    assert answer.mimetype == "application/atom+xml"
    assert entry.findtext("atom:title", namespaces=ATOM) == "First"
    assert entry.findtext("atom:summary", namespaces=ATOM) == "one"
    assert entry.find("atom:link", ATOM).get("href") == "http://localhost/1"
    assert entry.findtext("atom:id", namespaces=ATOM).startswith("urn:uuid:")
    assert "Set-Cookie" not in answer.headers


def test_a_feed_that_has_not_changed_is_not_sent_again(busy, client, cast):
    first = feed(client)

    same = feed(client, **{"If-None-Match": first.headers["ETag"]})
    since = feed(client, **{"If-Modified-Since": first.headers["Last-Modified"]})
    publication.publish(Post.get(1), revision=1, by=cast.author)
    changed = feed(client, **{"If-None-Match": first.headers["ETag"]})

    assert [answer.status_code for answer in (first, same, since, changed)] == [200, 304, 304, 200]
    assert same.data == since.data == b""
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_a_feed_that_changed_since_is_sent(busy, client):
    long_ago = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)

    assert feed(client, **{"If-Modified-Since": long_ago}).status_code == 200


def test_an_empty_feed_is_a_feed(client, cast):
    document = ET.fromstring(feed(client).data)  # noqa: S314  our own

    assert document.findtext("atom:updated", namespaces=ATOM) == "1970-01-01T00:00:00+00:00"
    assert document.findall("atom:entry", ATOM) == []


def test_pages_tell_programs_where_the_feed_is(client, cast):
    assert '<link rel="alternate" type="application/atom+xml"' in client.get("/").text


@pytest.mark.parametrize(("who", "offered"), [("author", True), ("reader", False)])
def test_the_activity_is_offered_to_those_who_may_see_it(enter, cast, who, offered):
    assert ('href="/activity"' in enter(getattr(cast, who)).get("/").text) is offered
