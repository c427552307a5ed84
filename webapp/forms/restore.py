"""What the button "Restore this revision" sends."""

from wtforms import IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional

from webapp.forms.form import Form


class RestoreForm(Form):
    """The revision that stood when the button was drawn, and a name for the save."""

    seen = IntegerField("Latest revision seen", validators=[Optional(), NumberRange(min=0)])
    save_id = StringField("Save", validators=[Length(max=64)])
