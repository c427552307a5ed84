"""The reason that stands in place of an erased text."""

from wtforms import StringField

from webapp.forms.form import Form


class EraseForm(Form):
    """Asked before what cannot be undone."""

    reason = StringField("Reason")
