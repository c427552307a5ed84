"""Whose midnight parts the days."""

import re

import pytest

pytestmark = pytest.mark.only("sqlite", "times are the same in both databases")


def test_days_are_those_of_the_viewer(write, cast, enter):
    write("one", "two")
    browser = enter(cast.author)
    seen = {}
    for zone in (
        "UTC",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "../../etc/passwd",
        "Nowhere/Land",
        "Europe",
        "x" * 99,
    ):
        browser.set_cookie("timezone", zone)
        seen[zone] = re.findall(r'data-day="([^"]+)"', browser.get("/1/update").text)
    utc = seen["UTC"]

    assert seen["Pacific/Kiritimati"] != seen["Pacific/Pago_Pago"]
    assert [seen[zone] for zone in list(seen)[3:]] == [utc] * 4
