"""One's own password."""

from wtforms import PasswordField
from wtforms.validators import InputRequired

from webapp.forms.form import Form


class PasswordForm(Form):
    """The password until now, and the next one."""

    current = PasswordField("Current password", [InputRequired("Type your current password.")])
    password = PasswordField("New password", [InputRequired("Choose a new password.")])
