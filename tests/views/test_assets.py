"""Files with a hash in their address."""

import json
import re

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
    "address",
    [
        "/static/none.css",
        "/static/../pyproject.toml",
        "/static/css",
        "/static/%2e%2e/README.md",
        "/static/%00",
        f"/static/{'a' * 300}",
    ],
    ids=lambda address: address[:25],
)
def test_nothing_else_is_sent(client, address):
    assert client.get(address).status_code == 404


def listed(kind):
    return [
        (assets.folder("static") / name).read_text()
        for name in json.loads((assets.folder("static") / "assets.json").read_text())[kind]
    ]


def joined(app, client, name):
    """Return the file at the address that pages name."""
    with app.test_request_context():
        address = assets.asset(name)
    assert f'"{address}"' in client.get("/").text
    return client.get(address).text


def test_one_sheet_holds_all_sheets_in_order_without_their_comments(app, client):
    rules = [re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL) for sheet in listed("stylesheets")]

    sheet = joined(app, client, assets.SHEET)

    assert "".join(sheet.split()) == "".join("".join(rules).split())
    assert "/*" not in sheet


def test_one_script_holds_all_scripts_in_order_each_apart_without_their_comments(app, client):
    remarks = re.compile(r"(^|\s)//( .*)?$", re.MULTILINE)
    ours = [f"try {{ //{remarks.sub('', one)}}} catch (error) {{ reportError(error); }}" for one in listed("scripts")]

    script = joined(app, client, assets.SCRIPT)

    assert "".join(script.split()) == "".join("".join(ours).split())
    assert script.count("//\n") == len(ours)


def test_no_script_has_what_joining_would_break():
    apart = re.compile(r"^(import|export|await)\b|/\*", re.MULTILINE)
    lines = [line for one in listed("scripts") for line in one.splitlines()]

    assert [one for one in listed("scripts") if apart.search(one)] == []
    assert [line for line in lines if line.count("`") % 2] == []
    assert [
        line for line in lines if any(line.partition(" // ")[0].count(quote) % 2 for quote in '"`') and " // " in line
    ] == []


def test_no_sheet_has_a_text_that_joining_would_change():
    texts = [text for sheet in listed("stylesheets") for text in re.findall(r'"([^"]*)"', sheet)]

    assert [text for text in texts if re.search(r"[:,{};]\s|\s[{};]", text)] == []


def test_every_sheet_and_script_is_listed():
    static = assets.folder("static")
    there = {
        path.relative_to(static).as_posix() for kind in ("css", "js") for path in static.glob(f"{kind}/**/*.{kind}")
    }

    assert there == {name for names in json.loads((static / "assets.json").read_text()).values() for name in names}


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
