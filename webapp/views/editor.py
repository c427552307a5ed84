"""The core screen: the form filled with any revision, the timeline beside it, and saving."""

from typing import Any, cast

from flask import Blueprint, Response, flash, request, url_for

from webapp.errors import Conflict, Gone, Invalid, Missing
from webapp.forms import conflicts
from webapp.forms.post import PostForm, Showing, grew_from, resuming, showing, sources_of
from webapp.history import desk, head, preview, timeline
from webapp.history import drafts as drafting
from webapp.history.drafts import State
from webapp.history.head import Head
from webapp.history.preview import Revision
from webapp.models import User
from webapp.operations import drafts, merging, publication, take
from webapp.operations.merging import Merged
from webapp.operations.posts import Saved
from webapp.pure import delta
from webapp.pure.kind import Kind
from webapp.pure.roles import Ability
from webapp.views import access, arguments, caching, dictionary, pages, presence, sparkline, tabs, writing
from webapp.views import merging as races
from webapp.views.drafts import instead as drafted_instead
from webapp.views.drafts import sender
from webapp.views.errors import status_of
from webapp.views.notices import Notice
from webapp.views.timeline import beside

blueprint = Blueprint("editor", __name__)

TEMPLATE = "editor/update.html"
RECENT = 20
"""Posts in the column beside the editor."""
AT_REST: dict[str, Any] = {
    "became": None,
    "conflict": None,
    "draft": None,
    "fills": "home",
    "fresh": (),
    "kept": False,
    "merged": None,
    "notice": None,
    "panel": None,
    "refusal": None,
    "said": "",
    "saved": None,
    "taken": None,
}
"""What the page is told while nothing has happened."""


@blueprint.get("/<int:post_id>/update")
@access.needs(Ability.EDIT)
def update(post_id: int) -> Response:
    """Show the form with revision `?revision=N`, or with `?draft=ID`; by default one's own draft, else the latest."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    dictionary.lean(post)
    if "revision" not in request.args and (state := drafted(post, user)):
        return _resume(post, state)
    number = preview.number_of(post, arguments.number("revision", default=-1))
    edits = tabs.edits()
    if pages.wants_fragment() and number != post.revision and edits and (same := caching.unchanged(post, number, user)):
        return same
    revision = preview.at(post, number)
    fills = "revision" if "revision" in request.args else "home"
    response = _look(post, revision, showing(revision, latest=post.revision), fills=fills)
    if pages.wants_fragment() and not revision.is_latest and edits:
        caching.remember(response, post, number, user)
    return response


@blueprint.post("/<int:post_id>/update")
@access.signed_in
def save(post_id: int) -> Response:
    """Save what was typed as a new revision, and publish it if that button was pressed.

    Of whoever lost the right to it meanwhile the text is kept as a draft.
    """
    user = access.require_me()
    form = PostForm.sent()
    try:
        post = head.of(post_id, by=user)
    except Missing as error:
        return drafted_instead(post_id, form, error)
    if request.form.get("action") == "edit":
        return kept(post, form)
    try:
        merged = _written(post, form, by=user)
    except (Invalid, Conflict) as error:
        return _refused(post_id, form, error)
    saved, before = merged.saved, post.live_revision
    missed = form.over.data is not None or merged.merged_with is not None
    published = request.form.get("action") == "publish"
    if published:
        publication.publish(post, revision=saved.revision, by=user)
    return saved_answer(
        saved, previously_live=before, block="saved", missed=missed, published=published, sent=form.content["body"]
    )


def _written(post: Head, form: PostForm, *, by: User) -> Merged:
    """Save the form: as something new, as an old revision brought back, or with parts of old revisions in it."""
    source, sources = form.source.data, sources_of(form)
    sent: dict[str, Any] = {
        **form.content,
        "seen": form.seen.data if form.over.data is None else form.over.data,
        "by": by,
        "answers": conflicts.answers(),
        "save_id": form.save_id.data or None,
        "then": lambda saved: drafts.end(sender=sender(form), saved=saved, by=by),
    }
    if sources:
        return take.save(post, sources=sources if source is None else (*sources, source), **sent)
    if source is not None:
        sent |= {"kind": Kind.RESTORED, "source_revision": preview.number_of(post, source)}
    return merging.save(post, **sent)


def drafted(post: Head, user: User) -> State | None:
    """Return the state of a draft that `?draft=ID&state=N` names, by default the newest of the draft gone on with."""
    if "draft" in request.args:
        state = drafting.at(arguments.number("draft"), arguments.number("state", default=-1), by=user)
        if state.draft.post_id != post.id:
            raise Missing
        return state
    newest = drafting.newest(post.id, by=user)
    return None if newest is None else drafting.at(newest.id, by=user)


def _resume(post: Head, state: State) -> Response:
    """Show the form with a draft, and around it the revision that it took up, if that is kept."""
    number = -1 if state.source is None else state.source
    try:
        revision = preview.at(post, number)
    except Gone:
        revision = preview.at(post)
    fills = "draft" if "draft" in request.args else "home"
    return _look(post, revision, resuming(state, latest=post.revision), draft=state, fills=fills)


def _look(post: Head, revision: Revision, form: PostForm | Showing, **context: Any) -> Response:
    """Show the form in the view that the address asks for; to htmx, of another tab only that."""
    panel = tabs.panel(post, revision, form)
    if pages.wants_fragment() and "part" in request.args:
        return tabs.answer(post, panel)
    return _show(post, revision, form, block="workspace", panel=panel, **context)


def saved_answer(
    saved: Saved,
    *,
    previously_live: int | None,
    block: str,
    missed: bool = False,
    published: bool = False,
    sent: str | None = None,
    notice: Notice | None = None,
) -> Response:
    """Answer a save: 303 to the editor, or to htmx `block` with what changed around the text field.

    `missed`: the page does not have all rows of the timeline, so it gets the whole first page of them. `sent` is the
    text that was sent: what it was merged into comes with the answer. `notice` is what the page says about it.
    """
    if not pages.wants_fragment():
        flash(cast(Any, notice or _said(saved, published=published)))  # typed as text, and keeps any plain data
        return pages.go("editor.update", post_id=saved.post_id)
    post = head.of(saved.post_id, by=access.require_me())
    revision = preview.at(post)
    changed: set[int | None] = {saved.revision, saved.revision - 1} if saved.made else set()
    if previously_live != post.live_revision:
        changed |= {previously_live, post.live_revision}
    context: dict[str, Any] = beside(post, post.revision, by=access.require_me()) if missed else {}
    response = _show(
        post,
        revision,
        showing(revision, latest=post.revision),
        block=block,
        saved=saved.revision if saved.made else None,
        became=None if sent is None or not missed else revision,
        stored_sha256=delta.fingerprint(revision.body.encode()).hex(),
        notice=notice,
        said="" if notice is None else notice["sentence"].rstrip("."),
        fresh=timeline.entries(post, {number for number in changed if number is not None and number >= 0}),
        **context,
    )
    response.headers["HX-Push-Url"] = url_for("editor.update", post_id=post.id)
    return response


def _said(saved: Saved, *, published: bool) -> str:
    """Return what a page says after a save."""
    known = saved.made or saved.sent_before
    done = f"Saved as revision {saved.revision}." if known else "Nothing had changed, so no revision was made."
    return f"{done} Readers see revision {saved.revision} now." if published else done


def kept(post: Head, form: PostForm | Showing, *, status: int = 200, **context: Any) -> Response:
    """Answer with the form as it stands, where nothing is saved and all of it is there."""
    return _show(post, _filled_with(post, form), form, block="workspace", status=status, kept=True, **context)


def _refused(post_id: int, form: PostForm, error: Invalid | Conflict) -> Response:
    """Answer a save that was not made, with what was typed still in the form."""
    post = head.of(post_id, by=access.require_me())
    shown = _filled_with(post, form)
    lost = None
    if isinstance(error, Invalid):
        form.refuse(error)
    else:
        lost = races.lost(post, form, error, by=access.require_me())
    response = _show(post, shown, form, block="refused", status=status_of(error), conflict=lost)
    response.headers["HX-Push-Url"] = "false"
    return response


def _filled_with(post: Head, form: PostForm | Showing) -> Revision:
    return preview.at(post, grew_from(form, latest=post.revision))


def _show(
    post: Head, revision: Revision, form: PostForm | Showing, *, block: str, status: int = 200, **context: Any
) -> Response:
    context = AT_REST | context | tabs.around(post)
    context["merged"] = races.with_whom(post, revision, by=access.require_me())
    if not pages.wants_fragment():
        context |= presence.around(post, by=access.require_me())
        context["dictionary"] = dictionary.address(revision)
        context["mine"] = drafting.of_post(post.id, by=access.require_me())
        context |= sparkline.beside(post, revision.number)
        context |= beside(post, revision.number, by=access.require_me())
        context |= writing.aids(str(form.body.data or ""), by=access.require_me())
        context["recent"] = desk.posts(by=access.require_me(), size=RECENT, editable=True).cards
    # A form that was begun on the latest of then, and refused or kept, is nobody's look at an old revision.
    looked_back = not revision.is_latest and form.source.data is not None
    context["preview"] = _effect(post, revision) if looked_back else None
    return pages.answer(TEMPLATE, block=block, status=status, post=post, revision=revision, form=form, **context)


def _effect(post: Head, revision: Revision) -> preview.ChangeInWords:
    """Return what restoring would change; its words are counted for pages, and asked for by fragments later."""
    if pages.wants_fragment():
        return preview.uncounted_change_to(revision, latest=post)
    return preview.change_to(revision, latest=preview.at(post))
