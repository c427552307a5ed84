"""The editor's form."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, TypedDict

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Optional, Regexp, StopValidation

from webapp.forms.form import Form, number, token
from webapp.history.compare import typed
from webapp.history.drafts import State
from webapp.history.preview import Revision
from webapp.pure.content import TAG_SEPARATOR, Writing

FIELDS = ("title", "body", "tags", "note", "seen", "source", "taken", "save_id", "draft", "state", "caret")


class Typed(TypedDict):
    """What somebody typed."""

    title: str
    body: str
    tags: str
    note: str


class Sent:
    """Asks that a field was sent at all: an empty text is one, a missing one would empty the post."""

    def __call__(self, form: Form, field: Field) -> None:
        """Raise StopValidation if it was not."""
        if not field.raw_data:
            raise StopValidation("This field was not sent.")


class PostForm(Form):
    """A post's words, and the receipt for what they grew from."""

    title = StringField("Title")
    body = TextAreaField("Body", validators=[Sent()])
    tags = StringField("Tags")
    note = StringField("Note")
    seen = number("Revision that the form grew from")
    source = number("Old revision that was taken up")
    taken = StringField(
        "Revisions that parts were taken back from", validators=[Optional(), Regexp(r"\d{1,9}(,\d{1,9}){0,49}\Z")]
    )
    over = number("Newer revision to save on top of")
    save_id = token("Save")
    draft = number("Draft that the form was filled with")
    state = number("Its state")
    turn = number("How many times this form has sent something")
    caret = number("Where the caret is")
    given = token("Whom the form was made for")

    @property
    def content(self) -> Typed:
        """The words, as `operations.posts.write` takes them."""
        return Typed(
            title=self.title.data or "", body=self.body.data or "", tags=self.tags.data or "", note=self.note.data or ""
        )


@dataclass(frozen=True, slots=True)
class Filled:
    """One field of a form that nobody has sent yet, as templates read it."""

    name: str
    data: str | int | None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Showing:
    """The form filled with a revision: what templates read of a `PostForm`, without the means to check input."""

    title: Filled
    body: Filled
    tags: Filled
    note: Filled
    seen: Filled
    source: Filled
    taken: Filled
    save_id: Filled
    draft: Filled
    state: Filled
    caret: Filled
    # Nothing was sent yet, so nothing is wrong.
    errors: ClassVar[tuple[str, ...]] = ()
    form_errors: ClassVar[tuple[str, ...]] = ()


def showing(revision: Revision, *, latest: int) -> Showing:
    """Return the form filled with `revision`, to be saved on top of `latest`."""
    return _filled(
        title=revision.title,
        body=revision.body,
        tags=TAG_SEPARATOR.join(revision.tags),
        seen=latest,
        source=None if revision.is_latest else revision.number,
    )


def resuming(state: State, *, latest: int | None) -> Showing:
    """Return the form filled with a state of a draft; one of a post that is not there yet has no `latest`.

    What was saved or discarded before is brought back like an old revision, on top of the latest.
    """
    return _filled(
        title=state.title,
        body=state.body,
        tags=state.tags,
        note=state.note,
        seen=state.seen if state.draft.is_open else latest,
        source=state.source,
        taken=state.taken,
        draft=state.draft.id if state.draft.is_open else None,
        state=state.number,
        caret=state.caret,
    )


def taking(form: PostForm | Showing, writing: Writing, sources: Iterable[int]) -> Showing:
    """Return `form` with `writing` in place of its words, parts of which come from the revisions `sources` too.

    It is another form than the one it came from, and goes on with that one's draft.
    """
    values = {name: getattr(form, name).data for name in FIELDS if name != "save_id"}
    taken = dict.fromkeys([*sources_of(form), *sources])
    words = {"title": writing.title, "tags": TAG_SEPARATOR.join(writing.tags), "body": writing.body}
    return _filled(**values | words | {"taken": ",".join(map(str, taken))})


def words_of(form: PostForm | Showing) -> Writing:
    """Return what the form says, the note aside, as it would be saved."""
    return typed(**{name: str(getattr(form, name).data or "") for name in ("title", "tags", "body")})


def sources_of(form: PostForm | Showing) -> tuple[int, ...]:
    """Return the revisions that parts of the form's text were taken back from."""
    return tuple(int(number) for number in str(form.taken.data or "").split(",") if number)


def grew_from(form: PostForm | Showing, *, latest: int) -> int:
    """Return the revision that the form was filled with: an old one that was taken up, else the one that was seen."""
    number: Any = form.seen.data if form.source.data is None else form.source.data
    return latest if number is None or number > latest else number


def empty() -> Showing:
    """Return the form for a new post."""
    return _filled(title="", body="", tags="", seen=None, source=None)


def _filled(**values: str | int | None) -> Showing:
    unset = dict.fromkeys(("draft", "state", "caret"))
    fields = {"note": "", "taken": "", "save_id": new_save_id()} | unset | values
    return Showing(*(Filled(name, fields[name]) for name in FIELDS))


def new_save_id() -> str:
    """Return a random name for a save, so that sending it twice saves once."""
    return secrets.token_urlsafe(12)
