"""The first administrator."""

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired

from webapp.forms.form import Form


class SetupForm(Form):
    """Who looks after the desk."""

    name = StringField("Name", [DataRequired("Type your name.")])
    email = StringField("Email", [DataRequired("Type your email.")])
    password = PasswordField("Password", [InputRequired("Choose a password.")])
