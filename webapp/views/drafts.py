"""One's own drafts: kept while typing, looked at, gone on with, discarded and taken back."""

from flask import Blueprint, Response, flash, url_for

from webapp.errors import Gone, Invalid, Missing, StetError, TooLarge
from webapp.forms.post import PostForm
from webapp.history import compare as comparing
from webapp.history import drafts as reading
from webapp.history import head, preview
from webapp.history.compare import Pair
from webapp.history.drafts import DraftCard, State
from webapp.models import User
from webapp.operations import drafts
from webapp.operations.drafts import Kept, Sender
from webapp.views import access, arguments, given, pages

blueprint = Blueprint("drafts", __name__)

PAGE = "drafts/show.html"
LIST = "drafts/rows.html"


@blueprint.post("/<int:post_id>/draft")
@access.signed_in
def autosave(post_id: int) -> Response:
    """Keep what is in the editor's form as it is."""
    return _keep(post_id)


@blueprint.post("/create/draft")
@access.signed_in
def autosave_new() -> Response:
    """Keep what is in the form of a new post as it is."""
    return _keep(None)


@blueprint.get("/drafts/<int:draft_id>")
@access.signed_in
def show(draft_id: int) -> Response:
    """Show state `?state=N` of a draft, by default the newest; to htmx a part of the list of its states."""
    user = access.require_me()
    before = arguments.number("before", default=0) or None
    if pages.wants_fragment():
        draft = reading.card(draft_id, by=user)
        rows = reading.states(draft, before=before)
        return pages.fragment(PAGE, "states", draft=draft, rows=rows, shown=None)
    state = reading.at(draft_id, arguments.number("state", default=-1), by=user)
    rows = reading.states(state.draft, before=before or state.number + reading.PAGE // 2)
    return pages.answer(
        PAGE, draft=state.draft, state=state, rows=rows, shown=state.number, pair=_changes(state, by=user)
    )


@blueprint.post("/drafts/<int:draft_id>/discard")
@access.signed_in
def discard(draft_id: int) -> Response:
    """End a draft without saving it."""
    user = access.require_me()
    drafts.discard(draft_id, by=user)
    flash("The draft is discarded. Nothing of it is lost for a while: take it back here if you want it.")
    return pages.go("drafts.show", draft_id=draft_id)


@blueprint.post("/drafts/<int:draft_id>/take-back")
@access.signed_in
def take_back(draft_id: int) -> Response:
    """Go on with a draft that was discarded."""
    user = access.require_me()
    drafts.take_back(draft_id, by=user)
    return pages.go_to(home(reading.card(draft_id, by=user)))


def sender(form: PostForm) -> Sender:
    """Return which form sent what was typed, and what it was filled with."""
    return Sender(
        save_id=form.save_id.data or "",
        turn=form.turn.data or 0,
        seen=form.seen.data,
        source=form.source.data,
        taken=form.taken.data or "",
        draft=form.draft.data,
        state=form.state.data,
        caret=form.caret.data or 0,
    )


def home(draft: DraftCard) -> str:
    """Return where the draft is gone on with: in the form, or for whoever may not edit the post any more its page."""
    if not draft.may_edit:
        return url_for("drafts.show", draft_id=draft.id)
    if draft.post_id is None:
        return url_for("posts.create", draft=draft.id)
    return url_for("editor.update", post_id=draft.post_id, draft=draft.id)


def instead(post_id: int | None, form: PostForm, error: StetError) -> Response:
    """Answer a save that its sender has no right to any more: the text is a draft of theirs, on a page that says so.

    Raises `error` for whoever never had the right, and where nothing was typed.
    """
    user = access.require_me()
    try:
        kept = _kept(post_id, form, by=user)
    except Missing:
        kept = None
    if kept is None or kept.draft_id is None:
        raise error
    if reading.card(kept.draft_id, by=user).may_edit:
        flash("This post is in the trash. What you typed is kept as a draft.")
    return pages.go("drafts.show", draft_id=kept.draft_id)


def _keep(post_id: int | None) -> Response:
    user = access.require_me()
    form = PostForm.sent()
    if not form.save_id.data:
        raise Invalid({"save_id": "The form has no name, so nobody could tell its draft from another."})
    kept = _kept(post_id, form, by=user)
    if not pages.wants_fragment():
        flash("Kept as a draft." if kept.draft_id is not None else "Nothing had changed, so there is nothing to keep.")
        return pages.go_to(_there(kept, post_id, by=user))
    return pages.fragment(LIST, "drafts", stored=kept, mine=reading.of_post(post_id, by=user), draft=None)


def _kept(post_id: int | None, form: PostForm, *, by: User) -> Kept:
    had_right = given.holds(form.given.data, post_id)
    return drafts.autosave(post_id, **form.content, sender=sender(form), by=by, had_right=had_right)


def _changes(state: State, *, by: User) -> Pair | None:
    """Return what a state changes in the revision that it grew from; to whoever may not see that, nothing."""
    number = state.seen if state.source is None else state.source
    if state.draft.post_id is None or number is None or not state.draft.may_edit:
        return None
    try:
        post = head.of(state.draft.post_id, by=by)
        typed = comparing.typed(title=state.title, tags=state.tags, body=state.body)
        return comparing.between(preview.at(post, number), typed)
    except (Gone, Missing, TooLarge):
        return None


def _there(kept: Kept, post_id: int | None, *, by: User) -> str:
    if kept.draft_id is not None:
        return home(reading.card(kept.draft_id, by=by))
    return url_for("posts.create") if post_id is None else url_for("editor.update", post_id=post_id)
