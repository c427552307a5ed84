"""Adding a person, and changing one."""

from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Optional

from webapp.forms.form import Form
from webapp.pure.roles import Role

ROLES = [role.value for role in Role]


class PersonForm(Form):
    """A new person; without a password they cannot sign in yet."""

    name = StringField("Name", [DataRequired("Type their name.")])
    email = StringField("Email", [DataRequired("Type their email.")])
    role = SelectField("Role", choices=ROLES)
    password = PasswordField("Password")


class ChangeForm(Form):
    """What changes of a person: any of these, what is not sent stays."""

    role = SelectField("Role", [Optional()], choices=ROLES)
    active = StringField("May sign in", [Optional(), AnyOf(["0", "1"])])
    password = PasswordField("New password", [Optional(strip_whitespace=False)])
