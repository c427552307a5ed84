"""Files with a hash in their address."""

import json

import pytest

from webapp.views import assets
from webapp.views.headers import SECURITY

pytestmark = pytest.mark.only("sqlite", "files are not in the database")


def test_the_address_of_a_file_is_cached_for_ever(app, client):
    with app.test_request_context():
        address = assets.asset("css/base.css")

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY


@pytest.mark.parametrize("address", ["/static/css/base.css", "/static/css/base.css?v=another"])
def test_another_address_of_it_is_asked_for_again(client, address):
    assert client.get(address).headers["Cache-Control"] == "no-cache, max-age=0"


@pytest.mark.parametrize(
    "address", ["/static/none.css", "/static/../pyproject.toml", "/static/css", "/static/%2e%2e/README.md"]
)
def test_nothing_else_is_sent(client, address):
    assert client.get(address).status_code == 404


def test_one_sheet_holds_all_sheets_in_order(app, client):
    listed = json.loads((assets.folder("static") / "assets.json").read_text())["stylesheets"]
    with app.test_request_context():
        address = assets.asset(assets.SHEET)

    answer = client.get(address)

    assert answer.text == "".join((assets.folder("static") / sheet).read_text() for sheet in listed)
    assert f'<link rel="stylesheet" href="{address}">' in client.get("/").text


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("stet.css", "text/css"),
        ("js/guards.js", "text/javascript"),
        ("icons.svg", "image/svg+xml"),
        ("vendor/htmx-4.0.1/LICENSE", "text/plain"),
    ],
)
def test_files_say_what_they_are(client, name, mimetype):
    assert client.get(f"/static/{name}").mimetype == mimetype
