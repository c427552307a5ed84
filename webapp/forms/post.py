"""The editor's form."""

import secrets
from typing import TypedDict

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from webapp.forms.form import Form
from webapp.history.preview import Revision
from webapp.pure.content import TAG_SEPARATOR


class Typed(TypedDict):
    """What somebody typed."""

    title: str
    body: str
    tags: str
    note: str


class PostForm(Form):
    """A post's words, and the receipt for what they grew from."""

    title = StringField("Title")
    body = TextAreaField("Body")
    tags = StringField("Tags")
    note = StringField("Note")
    seen = IntegerField("Revision that the form grew from", validators=[Optional(), NumberRange(min=0)])
    source = IntegerField("Old revision that was taken up", validators=[Optional(), NumberRange(min=0)])
    over = IntegerField("Newer revision to save on top of", validators=[Optional(), NumberRange(min=0)])
    save_id = StringField("Save", validators=[Length(max=64)])

    @classmethod
    def showing(cls, revision: Revision, *, latest: int) -> "PostForm":
        """Return the form filled with `revision`, to be saved on top of `latest`."""
        return cls(
            formdata=None,
            title=revision.title,
            body=revision.body,
            tags=TAG_SEPARATOR.join(revision.tags),
            note="",
            seen=latest,
            source=None if revision.is_latest else revision.number,
            save_id=new_save_id(),
        )

    @classmethod
    def empty(cls) -> "PostForm":
        """Return the form for a new post."""
        return cls(formdata=None, save_id=new_save_id())

    @property
    def content(self) -> Typed:
        """The words, as `operations.posts.write` takes them."""
        return Typed(
            title=self.title.data or "", body=self.body.data or "", tags=self.tags.data or "", note=self.note.data or ""
        )


def new_save_id() -> str:
    """Return a random name for a save, so that sending it twice saves once."""
    return secrets.token_urlsafe(12)
