"""The page of the keys, and the part of it that a dialog shows."""

import pytest

pytestmark = pytest.mark.only("sqlite", "the page asks for nothing")


def test_the_page_lists_the_keys(client):
    page = client.get("/help").text

    for key in ("Ctrl", "Alt", "Home", "Esc", "n", "?"):
        assert f"<kbd>{key}</kbd>" in page


def test_a_dialog_gets_the_list_alone(client):
    part = client.get_fragment("/help")

    assert part.headers["X-Fragment"] == "1"
    assert "<html" not in part.text
    assert part.text.strip() in client.get("/help").text


def test_every_page_leads_to_it(client, cast, enter):
    assert 'href="/help"' in client.get("/login").text
    assert 'href="/help"' in enter(cast.reader).get("/account").text
