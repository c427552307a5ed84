"""What the button "Undo merge" sends."""

from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from webapp.forms.form import Form


class UnmergeForm(Form):
    """The revision that stood when the button was drawn."""

    seen = IntegerField("Latest revision seen", validators=[Optional(), NumberRange(min=0)])
