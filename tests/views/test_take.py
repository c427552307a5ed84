"""Changes taken back land in the form; nothing is written until that is saved."""

import html
import re

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.history import preview
from webapp.models import Post, RevisionSource
from webapp.operations import posts

pytestmark = pytest.mark.only("sqlite", "what reaches the database is tested on both below")

FIRST, SECOND, THIRD = "Dawn.\n\nBen.\n\nTar.\n", "Dusk.\n\nBen.\n\nTar.\n", "Dusk.\n\nOtto.\n\nRope.\n"


@pytest.fixture
def ana(write, cast, enter):
    """Ana, who wrote three revisions of a post."""
    write(FIRST, SECOND, THIRD)
    return enter(cast.author)


def ticks(page):
    """Return the changes that a page offers, in order."""
    return re.findall(r'name="take" value="([^"]+)"', page.text)


def field(page, name):
    return html.unescape(re.search(rf'id="receipt".*?name="{name}" value="([^"]*)"', page.text, re.DOTALL)[1])


def body(page):
    return html.unescape(re.search(r'<textarea id="body"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL)[1])


def title_of(page):
    return html.unescape(re.search(r'<textarea id="title"[^>]*>(.*?)</textarea>', page.text)[1])


def tags_of(page):
    return html.unescape(re.search(r'<input id="tags" name="tags" value="([^"]*)"', page.text)[1])


def latest():
    db.session.rollback()
    return preview.at(Post.get(1))


def typed(**changed):
    return {"title": "A post", "body": THIRD, "tags": "", "note": "", "seen": "2", "save_id": "s"} | changed


def test_one_change_lands_unsaved(ana):
    offered = ticks(ana.get("/1/compare?from=0&to=2"))

    page = ana.send("/1/take", only=offered[0])

    assert (page.status_code, body(page)) == (200, "Dawn.\n\nOtto.\n\nRope.\n")
    assert "Taken back from" in page.text
    assert "Paragraph 1: “Dusk.” became “Dawn.”" in page.text
    assert latest().number == 2


def test_it_is_saved_as_one_revision_that_names_its_source(ana):
    page = ana.send("/1/take", only=ticks(ana.get("/1/compare?from=0&to=2"))[0])

    ana.send("/1/update", **typed(body=body(page), taken=field(page, "taken"), save_id=field(page, "save_id")))

    saved = latest()
    assert (saved.number, saved.body, saved.kind, saved.source_revision) == (3, "Dawn.\n\nOtto.\n\nRope.\n", "hunks", 0)
    assert "parts of #0" in ana.get("/1/update").text


def test_ticks_land_together_in_what_was_typed(ana):
    mine = "Dusk.\n\nBen.\n\nRope.\n\nA long way.\n"
    dawn, tar = ticks(ana.send("/1/compare?to=form", **typed(body=mine), **{"from": "0"}))[:2]

    page = ana.send("/1/take", **typed(body=mine, note="mine"), take=[dawn, tar])

    assert body(page).startswith("Dawn.\n\nBen.\n\nTar.\n")
    assert 'value="mine"' in page.text
    assert "data-refused" in page.text


def test_parts_of_several_revisions_are_saved_with_all_their_sources(ana):
    dawn = ticks(ana.get("/1/compare?from=0&to=1"))[0]
    tar = ticks(ana.get("/1/compare?from=1&to=2"))[-1]

    page = ana.send("/1/take", take=[dawn, tar])
    ana.send("/1/update", **typed(body=body(page), taken=field(page, "taken"), save_id=field(page, "save_id")))

    assert field(page, "taken") == "0,1"
    assert (latest().kind, latest().source_revision) == ("hunks", 1)
    found = db.session.execute(sa.select(RevisionSource.revision, RevisionSource.source).order_by(sa.text("2"))).all()
    assert found == [(3, 0), (3, 1)]


def test_a_passage_is_taken_back_as_it_is_read_with_all_its_lines(ana, write):
    write("Dusk.\nStill dusk.\nNight.\n\nOtto.\n\nRope.\n", post=Post.get(1))
    write("Dawn.\nStill dusk.\nMorning.\n\nOtto.\n\nTar.\n", post=Post.get(1))
    first, second = ticks(ana.get("/1/compare?from=3&to=4&view=rendered"))

    assert body(ana.send("/1/take", only=first)) == "Dusk.\nStill dusk.\nNight.\n\nOtto.\n\nTar.\n"
    assert body(ana.send("/1/take", take=[first, second])) == "Dusk.\nStill dusk.\nNight.\n\nOtto.\n\nRope.\n"


def test_what_was_taken_before_stays_named(ana):
    tar = ticks(ana.get("/1/compare?from=1&to=2"))[-1]

    page = ana.send("/1/take", **typed(taken="0"), only=tar)

    assert field(page, "taken") == "0,1"


def test_title_and_tags_are_taken_back_alone(ana, cast):
    posts.write(Post.get(1), title="New", body=THIRD, tags="sea", note="", seen=2, by=cast.author)
    title, tags = ticks(ana.get("/1/compare?from=2&to=3"))

    page = ana.send("/1/take", only=title)
    assert (title_of(page), tags_of(page)) == ("A post", "sea")

    page = ana.send("/1/take", only=tags)
    assert (title_of(page), tags_of(page)) == ("New", "")


def test_a_text_that_moved_on_elsewhere_takes_it_too(ana, write):
    dawn = ticks(ana.get("/1/compare?from=0&to=2"))[0]
    write(THIRD + "\nAnd more.\n", post=Post.get(1))

    assert body(ana.send("/1/take", only=dawn)) == "Dawn.\n\nOtto.\n\nRope.\n\nAnd more.\n"


def test_what_does_not_fit_is_refused_and_the_text_stays(ana):
    dawn = ticks(ana.get("/1/compare?from=0&to=2"))[0]
    mine = typed(body="Noon.\n\nOtto.\n\nRope.\n", note="mine")

    page = ana.send("/1/take", **mine, only=dawn)

    assert (page.status_code, body(page)) == (409, "Noon.\n\nOtto.\n\nRope.\n")
    assert "do not go together. Your text is untouched." in page.text
    assert 'value="mine"' in page.text


def test_a_change_that_is_not_there_any_more_is_refused(ana):
    offered = ticks(ana.send("/1/compare?to=form", **typed(), **{"from": "0"}))

    page = ana.send("/1/take", **typed(body="Other.\n\n" + THIRD), only=offered[0])

    assert page.status_code == 409
    assert "not there any more" in page.text


def test_htmx_gets_the_workspace_or_an_alert(ana):
    dawn = ticks(ana.get("/1/compare?from=0&to=2"))[0]

    landed = ana.send("/1/take", **typed(), only=dawn, htmx=True)
    refused = ana.send("/1/take", **typed(body="Noon.\n"), only=dawn, htmx=True)

    assert (landed.status_code, landed.headers["HX-Push-Url"]) == (200, "/1/update")
    assert landed.text.strip().startswith('<section id="workspace"')
    assert (refused.status_code, refused.headers["HX-Retarget"]) == (409, "#alerts")
    assert "Not taken back" in refused.text


def test_who_looks_at_an_old_revision_takes_from_it_into_the_latest(ana):
    dawn = ticks(ana.get("/1/compare?from=0&to=2"))[0]

    page = ana.send("/1/take", **typed(body=FIRST, source="0"), only=dawn)

    assert body(page) == "Dawn.\n\nOtto.\n\nRope.\n"


def test_who_changed_an_old_revision_takes_into_that(ana):
    rope = ticks(ana.get("/1/compare?from=2&to=0"))[-1]

    page = ana.send("/1/take", **typed(body=FIRST + "\nMore.\n", source="0"), only=rope)

    assert body(page) == FIRST + "\nMore.\n"
    assert "nothing in the form has changed" not in page.text


def test_into_ones_own_draft_where_no_form_was_sent(ana):
    ana.send("/1/draft", **typed(body=THIRD + "\nDrafted.\n"), turn="1", htmx=True)
    dawn = ticks(ana.get("/1/compare?from=0&to=2"))[0]

    page = ana.send("/1/take", only=dawn)

    assert body(page) == "Dawn.\n\nOtto.\n\nRope.\n\nDrafted.\n"
    assert field(page, "draft") == "1"


def test_a_draft_remembers_what_was_taken_into_it(ana):
    page = ana.send("/1/take", only=ticks(ana.get("/1/compare?from=0&to=2"))[0])
    ana.send("/1/draft", **typed(body=body(page), taken=field(page, "taken"), save_id="t"), turn="1", htmx=True)

    resumed = ana.get("/1/update")
    ana.send("/1/update", **typed(body=body(resumed), taken=field(resumed, "taken"), save_id="u"))

    assert (field(resumed, "taken"), latest().kind, latest().source_revision) == ("0", "hunks", 0)


def test_a_save_that_is_refused_keeps_its_sources(ana, write):
    page = ana.send("/1/take", only=ticks(ana.get("/1/compare?from=0&to=2"))[0])
    write("Something else.\n", post=Post.get(1))

    refused = ana.send("/1/update", **typed(body=body(page), taken=field(page, "taken")))

    assert (refused.status_code, field(refused, "taken")) == (409, "0")


@pytest.mark.parametrize("sent", [{}, {"only": "x"}, {"take": "0.9.0.title", "only": ""}])
def test_what_chooses_nothing_leaves_the_text(ana, sent):
    page = ana.send("/1/take", **typed(body="Mine.\n"), **sent)

    assert page.status_code == 422
    assert "Mine." in page.text


@pytest.mark.parametrize("taken", ["x", "1,", "1;2", "-1", "1" * 12])
def test_sources_that_no_page_of_ours_sends_are_refused(ana, taken):
    assert ana.send("/1/update", **typed(body="new"), taken=taken).status_code == 422
    assert latest().number == 2


def test_a_source_that_is_not_there_is_refused(ana):
    assert ana.send("/1/update", **typed(body="new"), taken="7").status_code == 404
    assert latest().number == 2


def test_a_revision_of_another_post_gives_nothing(ana, write):
    write("other zero", "other one", "other two", "other three")

    assert ana.send("/1/take", **typed(), only="3.2.3.title").status_code == 404
