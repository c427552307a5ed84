"""What the button "Undo this edit" sends; the choices among conflicts are read by `forms.conflicts`."""

from wtforms import StringField

from webapp.forms.seen import SeenForm


class UndoForm(SeenForm):
    """What was seen, and a note."""

    note = StringField("Note")
