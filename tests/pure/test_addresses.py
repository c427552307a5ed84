"""Where `next=` may lead."""

import pytest

from webapp.pure import addresses


@pytest.mark.parametrize(
    "address", ["/", "/1", "/1/update?revision=3", "/?q=a%20b&tag=x#top", "/trash", "/%2f%2fevil.example"]
)
def test_plain_paths_are_ours(address):
    assert addresses.is_ours(address) is True


ELSEWHERE = [
    "",
    "trash",
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\t//evil.example/",
    "/\n/evil.example/",
    " //evil.example/",
    "/ /evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:evil.example",
    "https:/evil.example",
    "/path//evil.example",
    "/.//evil.example",
    "/\x00/evil.example",
    "/\x7f",
    "/\u2028/evil.example",
    "/\uff0fevil.example",
    "\uff0f\uff0fevil.example",
    "@evil.example",
    "/1?next=https://evil.example/",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_everything_that_could_lead_elsewhere_is_not(address):
    assert addresses.is_ours(address) is False
