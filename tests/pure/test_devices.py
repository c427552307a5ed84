"""Browsers by the name that their owners know."""

import pytest

from webapp.pure import devices

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
# fmt: off
AGENTS = [
    ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox on Linux"),
    (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36", "Chrome on Windows"),
    (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15", "Safari on a Mac"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/26.0 Safari/604.1", "Safari on iPhone"),
    (f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
    ("Werkzeug/3.1.9", "A browser"),
    ("Something on Linux", "A browser on Linux"),
    ("", "A browser"),
]
# fmt: on


@pytest.mark.parametrize(("user_agent", "name"), AGENTS)
def test_a_browser_is_known_by_its_own_name_and_not_by_those_it_borrows(user_agent, name):
    assert devices.name(user_agent) == name
