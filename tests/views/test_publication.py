"""Publishing and taking back."""

import pytest

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def test_publishing_shows_readers_the_chosen_revision(write, cast, enter, client):
    write("zero", "one")

    answer = enter(cast.author).send("/1/publish", revision="0")

    assert (answer.status_code, answer.location) == (303, "/1/update")
    assert "<p>zero</p>" in client.get("/1").text


def test_unpublishing_hides_the_post_from_readers(write, cast, enter, client):
    write("zero")
    browser = enter(cast.author)
    browser.send("/1/publish")

    browser.send("/1/unpublish")

    assert (client.get("/1").status_code, "A post" in client.get("/").text) == (404, False)


def test_an_unknown_revision_cannot_be_published(write, cast, enter, client):
    write("zero")

    assert enter(cast.author).send("/1/publish", revision="7").status_code == 404
    assert client.get("/1").status_code == 404


def test_what_is_no_number_publishes_nothing(write, cast, enter, client):
    write("zero")

    assert enter(cast.author).send("/1/publish", revision="abc").status_code == 404
    assert client.get("/1").status_code == 404
