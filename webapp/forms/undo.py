"""What the button "Undo this edit" sends; the choices among conflicts are read by `forms.conflicts`."""

from wtforms import IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional

from webapp.forms.form import Form


class UndoForm(Form):
    """The revision that was the latest when the page was drawn, a note, and a name for the save."""

    seen = IntegerField("Latest revision seen", validators=[Optional(), NumberRange(min=0)])
    note = StringField("Note")
    save_id = StringField("Save", validators=[Length(max=64)])
