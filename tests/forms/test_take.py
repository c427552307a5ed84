"""Which changes were chosen."""

import pytest

from webapp.errors import Invalid
from webapp.forms import take
from webapp.pure.take import Tick

pytestmark = pytest.mark.only("sqlite", "reads no database")


def chosen(app, sent):
    with app.test_request_context("/", method="POST", data=sent):
        return take.ticks()


def test_all_ticks_count(app):
    assert chosen(app, {"take": ["3.7.3.aa", "4.form.4.title"]}) == [Tick(3, 7, 3, "aa"), Tick(4, "form", 4, "title")]


def test_the_button_of_one_change_means_that_one(app):
    assert chosen(app, {"take": ["3.7.3.aa"], "only": "3.7.3.bb"}) == [Tick(3, 7, 3, "bb")]


@pytest.mark.parametrize("sent", [{}, {"take": "<b>"}, {"only": "3.7.3.a.b"}, {"take": ["3.7.3.aa"] * 1001}])
def test_what_chooses_nothing_is_refused(app, sent):
    with pytest.raises(Invalid):
        chosen(app, sent)
