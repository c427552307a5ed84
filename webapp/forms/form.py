"""What all forms share."""

from typing import Self

from flask import request
from flask_wtf import FlaskForm

from webapp.errors import Invalid


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
