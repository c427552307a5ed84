"""What is sent must be UTF-8, or it would be saved as something else."""

import pytest

from webapp.database import db
from webapp.models import Post

pytestmark = pytest.mark.only("sqlite", "it is refused before any database is asked")

WELL = "naïve 🦉 \ufffd%ED"
BOUNDARY = "a-line-that-is-in-no-text"


@pytest.fixture
def author(write, cast, enter):
    """The author's browser, with a post to write."""
    write("zero")
    return enter(cast.author)


def token(author) -> str:
    page = author.get("/1/update").text
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def urlencoded(author, body: bytes):
    data = b"csrf_token=" + token(author).encode() + b"&title=T&seen=0&body=" + body
    return author.post("/1/update", data=data, content_type="application/x-www-form-urlencoded")


def multipart(author, body: bytes):
    fields = {"csrf_token": token(author).encode(), "title": b"T", "seen": b"0", "body": body}
    parts = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in fields.items()
    )
    data = parts + f"--{BOUNDARY}--\r\n".encode()
    return author.post("/1/update", data=data, content_type=f"multipart/form-data; boundary={BOUNDARY}")


@pytest.mark.parametrize(
    ("send", "body"),
    [
        (urlencoded, b"kept%20%FFwords"),
        (urlencoded, b"kept%20%ED%A0%80words"),
        (urlencoded, b"kept%20\xffwords"),
        (multipart, b"kept \xffwords"),
    ],
)
def test_a_form_that_is_not_utf8_is_refused_with_what_could_be_read(author, send, body):
    page = send(author, body)

    assert page.status_code == 422
    assert "is not UTF-8" in page.text
    assert "kept \ufffd" in page.text
    assert "words</textarea>" in page.text
    db.session.rollback()
    assert [row.body for row in Post.get(1).versions] == ["zero"]


@pytest.mark.parametrize("send", [urlencoded, multipart])
def test_a_form_that_is_utf8_is_saved_as_it_is(author, send):
    body = WELL.encode() if send is multipart else WELL.replace("%", "%25").encode()

    assert send(author, body).status_code == 303
    db.session.rollback()
    assert Post.get(1).body == WELL


@pytest.mark.parametrize("query", ["q=%FF", "q=%ED%A0%80", "tag=a&q=b%C3"])
def test_an_address_that_is_not_utf8_asks_for_nothing(client, query):
    page = client.get(f"/?{query}")

    assert page.status_code == 400
    assert "is not UTF-8" in page.text


@pytest.mark.parametrize("query", ["q=%F0%9F%A6%89", "q=100%25", "q=%", "q=ü"])
def test_any_other_address_does(client, query):
    assert client.get(f"/?{query}").status_code == 200


def test_a_path_that_is_not_utf8_is_not_found(client):
    assert client.get("/%FF").status_code == 404
