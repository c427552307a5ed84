"""Names and emails as they are stored."""

import pytest

from webapp.errors import Invalid
from webapp.pure import people

EMAIL = {"email": "This is not an email address."}
NAME = {"name": "A person needs a name that can be written."}


def test_stray_spaces_go_and_an_email_is_lower_case():
    assert people.clean(email=" Ana@Desk.Example ", name="  Ana   Ruiz ") == ("ana@desk.example", "Ana Ruiz")


@pytest.mark.parametrize("email", ["a@b", "ana+desk@desk.example", "ana@localhost", "ána@desk.example"])
def test_whatever_has_two_sides_is_an_email(email):
    assert people.is_email(email) is True


@pytest.mark.parametrize(
    "email", ["", "ana", "@desk.example", "ana@", "a@b@c", "a b@desk.example", "a\0@b", f"{'a' * 320}@b"]
)
def test_what_mail_cannot_reach_is_refused(email):
    with pytest.raises(Invalid) as refused:
        people.clean(email=email, name="Ana")
    assert refused.value.fields == EMAIL


@pytest.mark.parametrize("name", ["", "   ", "A\0na", "Ana \u202egnp.exe", "Ana \ud800", "A\x1bna"])
def test_a_name_that_would_not_show_as_it_is_is_refused(name):
    with pytest.raises(Invalid) as refused:
        people.clean(email="ana@desk.example", name=name)
    assert refused.value.fields == NAME


def test_a_name_may_be_in_any_script_and_as_long_as_a_very_long_name():
    for name in ("李小龍", "می‌خواهم", "Łucja O’Neill-Ó", "x" * 200):
        assert people.clean(email="a@b", name=name) == ("a@b", name)
    with pytest.raises(Invalid) as refused:
        people.clean(email="a@b", name="x" * 201)
    assert refused.value.fields == {"name": "A name has at most 200 characters, this one 201."}


def test_everything_wrong_is_said_at_once():
    with pytest.raises(Invalid) as refused:
        people.clean(email="", name="")
    assert refused.value.fields == EMAIL | NAME
