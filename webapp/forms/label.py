"""The name of a revision."""

from wtforms import StringField

from webapp.forms.form import Form


class LabelForm(Form):
    """What somebody calls a revision."""

    name = StringField("Name")
