"""Chosen changes taken back into the form: they land there unsaved, and nothing is written."""

from dataclasses import dataclass

from flask import Blueprint, Response, request, url_for

from webapp.errors import Invalid, NotTaken
from webapp.forms import take as chosen
from webapp.forms.post import PostForm, Showing, resuming, showing, sources_of, taking, words_of
from webapp.history import compare as comparing
from webapp.history import head, preview, take
from webapp.history.compare import Pair
from webapp.history.head import Head
from webapp.history.preview import writing
from webapp.models import User
from webapp.pure.content import Writing
from webapp.pure.roles import Ability
from webapp.views import access, editor, errors, pages

blueprint = Blueprint("take", __name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What is not saved yet in a form with parts of the revisions `sources` in it: how it differs from `pair.old`."""

    sources: tuple[int, ...]
    pair: Pair


@blueprint.post("/<int:post_id>/take")
@access.needs(Ability.EDIT)
def into_form(post_id: int) -> Response:
    """Answer with the form, and the changes that were ticked landed in it; with none sent, that of the editor."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    form = _form(post, user)
    try:
        landed = take.into(post, words_of(form), chosen.ticks())
    except (NotTaken, Invalid) as error:
        if pages.wants_fragment():
            return errors.refusal(error, title="Not taken back")
        return editor.kept(post, form, status=errors.status_of(error), refusal=error)
    filled = taking(form, landed.writing, landed.sources)
    taken = _taken(post, filled, landed.writing)
    response = editor.kept(post, filled, taken=taken, said=f"Taken back, not saved yet: {taken.pair.sentences[0].text}")
    response.headers["HX-Push-Url"] = url_for("editor.update", post_id=post_id)
    return response


def _form(post: Head, user: User) -> PostForm | Showing:
    """Return the form that was sent, unless it only shows an old revision: then that of one's draft, or of the latest.

    Whoever looks at an old revision wants parts of it in what they write, not in a copy of it.
    """
    if "body" in request.form:
        sent = PostForm.sent()
        source = sent.source.data
        if source is None or words_of(sent) != writing(preview.at(post, source)):
            return sent
    state = editor.drafted(post, user)
    return showing(preview.at(post), latest=post.revision) if state is None else resuming(state, latest=post.revision)


def _taken(post: Head, form: Showing, now: Writing) -> Taken:
    base = preview.at(post, post.revision if form.seen.data is None else int(form.seen.data))
    return Taken(sources_of(form), comparing.between(base, now))
