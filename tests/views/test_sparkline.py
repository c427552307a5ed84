"""The drawing of sizes in the editor, and drawn anew for htmx."""

import re

import pytest

from webapp.operations import erase, labels, publication

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")


def test_the_editor_has_the_drawing_and_a_slider_over_it(write, cast, enter):
    post = write("zero", "one and more", "two")
    labels.name(post, 1, name='A "name" & <more>', by=cast.author)
    publication.publish(post, revision=0, by=cast.author)

    page = enter(cast.author).get("/1/update?revision=1").text

    assert re.findall(r'class="sparkline-(\w+)" d="([^"]*)"', page) == [
        ("area", "M0 67H500V0H1000V75H1000V100H0Z"),
        ("line", "M0 67H500V0H1000V75H1000"),
        ("labels", "M500 0V100"),
        ("published", "M0 100h0"),
        ("hover", ""),
        ("at", "M500 0V100"),
    ]
    (slider,) = re.findall(r"<input[^>]*type=\"range\"[^>]*>", page)
    assert 'min="0" max="2" step="1" value="1"' in slider
    assert re.search(
        r'aria-valuetext="Revision 1, \d+ \w+ \d{4}, 12 bytes, A &#34;name&#34; &amp; &lt;more&gt;"', slider
    )


def test_a_revision_does_not_carry_the_drawing(write, cast, enter):
    write("zero", "one")

    assert "sparkline" not in enter(cast.author).get_fragment("/1/update?revision=0").text


def test_a_post_with_one_revision_has_nothing_to_choose(write, cast, enter):
    write("zero")

    page = enter(cast.author).get("/1/update").text

    assert "sparkline-drawing" not in page
    assert 'id="sparkline"' in page


def test_htmx_gets_the_drawing_with_the_revision_marked(write, cast, enter):
    write("zero", "one", "two")
    browser = enter(cast.author)

    latest, first = browser.get_fragment("/1/sparkline"), browser.get_fragment("/1/sparkline?revision=0")

    assert latest.headers["X-Fragment"] == "1"
    assert latest.text.strip().startswith('<div id="sparkline"')
    assert ['class="sparkline-at" d="M1000 0V100"' in latest.text, 'd="M0 0V100"' in first.text] == [True, True]


def test_its_address_leads_to_the_editor(write, cast, enter):
    write("zero", "one")
    browser = enter(cast.author)

    assert browser.get("/1/sparkline?revision=0").location == "/1/update?revision=0"
    assert browser.get("/1/sparkline").location == "/1/update?revision=1"
    assert browser.get("/1/sparkline?revision=2").status_code == 404


def test_a_text_that_is_not_kept_has_no_size(write, cast, enter):
    post = write("zero", "one", "two")
    erase.revisions(post, [1], reason="asked for", by=cast.admin)

    part = enter(cast.author).get_fragment("/1/sparkline?revision=1").text

    (slider,) = re.findall(r'aria-valuetext="([^"]*)"', part)
    assert re.fullmatch(r"Revision 1, \d+ \w+ \d{4}", slider)
    assert " 1::" in part
