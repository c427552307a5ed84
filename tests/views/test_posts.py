"""The list of posts, reading one, and writing a new one."""

import re

import pytest

from webapp.history import preview
from webapp.models import Post
from webapp.operations import publication

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def titles(page):
    return re.findall(r'<h2 dir="auto"><a href="[^"]+">([^<]*)</a>', page.text)


def test_an_empty_desk_says_so(client):
    page = client.get("/")

    assert page.status_code == 200
    assert "An empty desk" in page.text


def test_visitors_get_what_is_published_and_nothing_tells_of_the_rest(write, cast, client):
    write("a draft", title="A draft")
    post = write("public words", title="Public", tags="old")
    publication.publish(post, revision=0, by=cast.author)
    write("secret words", title="Secret title", tags="unseen-tag", post=post)

    page = client.get("/")

    assert titles(page) == ["Public"]
    for word in ("draft", "Secret", "unseen-tag"):
        assert word not in page.text
    assert titles(client.get("/?q=secret")) == []
    assert titles(client.get("/?q=public")) == ["Public"]


def test_editors_get_the_latest_of_everything(write, cast, enter):
    write("one", title="First")
    write("two", title="Second")

    assert titles(enter(cast.editor).get("/")) == ["Second", "First"]


def test_the_list_has_pages(write, cast, enter):
    for number in range(31):
        write("x", title=f"Post {number}")
    browser = enter(cast.editor)

    pages = [browser.get(f"/?page={number}") for number in (1, 2, 3)]

    assert [len(titles(page)) for page in pages] == [30, 1, 0]
    assert titles(pages[1]) == ["Post 0"]
    assert "No more posts" in pages[2].text


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("q=no", "these words"),
        ("tag=no", "this tag"),
        ("q=no&tag=no&author=no", "these words and this tag and this author"),
    ],
)
def test_a_search_that_finds_nothing_says_what_it_looked_for(client, query, missing):
    assert f"No post has {missing}." in client.get(f"/?{query}").text


@pytest.mark.parametrize("address", ["/?page=x", "/?page=1e9", "/?page=99999999999999"])
def test_a_page_that_is_no_number_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_readers_get_the_published_revision_rendered(write, cast, client):
    post = write("# Heading\n\nsome *words*", title="Public")
    publication.publish(post, revision=0, by=cast.author)
    write("newer", title="Newer", post=post)

    page = client.get("/1")

    assert "<em>words</em>" in page.text
    assert "newer" not in page.text
    assert "Newer" not in page.text


def test_editors_read_the_latest_and_any_other(write, cast, enter):
    write("zero", "one")
    browser = enter(cast.author)

    assert "<p>one</p>" in browser.get("/1").text
    assert "<p>zero</p>" in browser.get("/1?revision=0").text
    assert "<p>zero</p>" in browser.get("/1?revision=-2").text
    assert browser.get("/1?revision=2").status_code == 404


def test_readers_cannot_ask_for_another_revision(write, cast, client):
    post = write("zero", "one")
    publication.publish(post, revision=1, by=cast.author)

    assert [client.get(f"/1?revision={number}").status_code for number in (1, 0, -1, 2)] == [200, 404, 404, 404]


def test_a_long_text_gets_a_table_of_contents(write, cast, enter):
    write("\n\n".join(f"# Part {number}\n\nwords" for number in range(5)))

    page = enter(cast.author).get("/1")

    assert re.findall(r'<a href="#([^"]+)" dir="auto">([^<]+)</a>', page.text) == [
        (f"s-part-{number}", f"Part {number}") for number in range(5)
    ]


def test_a_new_post_is_one_save(cast, enter):
    browser = enter(cast.author)
    save_id = re.search(r'name="save_id" value="([^"]+)"', browser.get("/create").text)[1]

    answers = [
        browser.send("/create", title="New", body="words", tags="a, b", note="first", save_id=save_id) for _ in range(2)
    ]

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/1/update")] * 2
    saved = preview.at(Post.get(1))
    assert (saved.number, saved.title, saved.body, saved.tags, saved.note) == (0, "New", "words", ("a", "b"), "first")
    assert saved.editor.name == "Ana Ruiz"


def test_a_new_post_can_be_published_at_once(cast, enter, client):
    enter(cast.author).send("/create", title="New", body="words", action="publish")

    assert client.get("/1").status_code == 200


def test_a_new_post_that_cannot_be_saved_keeps_what_was_typed(cast, enter):
    page = enter(cast.author).send("/create", title="", body="typed words", tags="mine", note="my note")

    assert page.status_code == 422
    for kept in ("typed words", 'value="mine"', 'value="my note"', "A post needs a title."):
        assert kept in page.text
