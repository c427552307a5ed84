"""Signing in."""

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired

from webapp.forms.form import Form


class LoginForm(Form):
    """An email and its password."""

    email = StringField("Email", [DataRequired("Type your email.")])
    password = PasswordField("Password", [InputRequired("Type your password.")])
