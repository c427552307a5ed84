"""What all forms share."""

from typing import Self

from flask import request
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional, Regexp

from webapp.errors import Invalid

LARGEST = 2**31 - 1
"""What a column for numbers holds at most."""


class Form(FlaskForm):
    """A form that can be told what an operation found wrong with it."""

    class Meta:
        """The token is checked for the whole application, before any view."""

        csrf = False

    @classmethod
    def sent(cls) -> Self:
        """Return the form as it was sent. Raises Invalid when it is not what a page of ours sends."""
        form = cls(formdata=request.form)
        if not form.validate():
            raise Invalid({name: f"{form[name].label.text}: {errors[0]}" for name, errors in form.errors.items()})
        return form

    def refuse(self, error: Invalid) -> None:
        """Put each sentence of `error` at its field, and what is not about a field of this form at the whole."""
        for name, sentence in error.fields.items():
            if name in self:
                field = self[name]
                field.errors = [*field.errors, sentence]
            else:
                self.form_errors.append(sentence)

    @property
    def sentences(self) -> list[str]:
        """Everything that is wrong, for a page that has no place beside the fields."""
        return [str(sentence) for errors in self.errors.values() for sentence in errors]


def number(label: str) -> IntegerField:
    """Return a field for a whole number that a column holds, or for none."""
    return IntegerField(label, validators=[Optional(), NumberRange(min=0, max=LARGEST)])


def token(label: str) -> StringField:
    """Return a field for a name that a page of ours made up; NUL, which no column holds, is in none."""
    return StringField(label, validators=[Length(max=64), Regexp(r"[^\0]*\Z")])
