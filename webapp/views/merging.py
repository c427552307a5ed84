"""Lost races as pages show them: who was first, what there is to choose, and what was merged into what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, url_for

from webapp.errors import Conflict
from webapp.forms import conflicts
from webapp.forms.conflicts import Chooser, Sides
from webapp.forms.post import PostForm
from webapp.forms.seen import SeenForm
from webapp.history import compare as comparing
from webapp.history import head, merging, preview, timeline
from webapp.history.head import Head
from webapp.history.people import Person
from webapp.history.preview import Revision
from webapp.models import User
from webapp.operations import merging as operation
from webapp.pure.content import Writing
from webapp.pure.kind import Kind
from webapp.pure.reconcile import UNANSWERED, Reconciled
from webapp.pure.roles import Ability
from webapp.views import access, pages

blueprint = Blueprint("merging", __name__)


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost race: who saved meanwhile (`myself`: in another tab), and where the difference is to be seen.

    `chooser` is None where the texts cannot be merged: then the whole of one is the newest, and the other stays.
    """

    by: Person
    at: datetime
    latest: int
    changes_url: str
    myself: bool
    chooser: Chooser | None


@dataclass(frozen=True, slots=True)
class MergedWith:
    """Whose change went into one's own save, and the revision that had it."""

    by: Person
    revision: int


@blueprint.get("/<int:post_id>/version/<int:number>/side")
@access.needs(Ability.EDIT)
def side(post_id: int, number: int) -> Response:
    """Show what somebody had typed before it was merged into a revision, and what came into it."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    kept = merging.side(post.id, number)
    revision = preview.at(post, number)
    typed = Writing(title=kept.title, tags=kept.tags, body=kept.body)
    return pages.answer(
        "merging/side.html",
        post=post,
        side=kept,
        revision=revision,
        pair=comparing.between(typed, revision),
        mine=kept.by.public_id == user.public_id,
    )


@blueprint.post("/<int:post_id>/version/<int:number>/unmerge")
@access.needs(Ability.EDIT)
def undo(post_id: int, number: int) -> Response:
    """Take one's own change out again and go on with it as a draft."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    saved = operation.undo(post, number, seen=SeenForm.sent().seen_of(post), by=user)
    flash(f"The merge is undone in revision {saved.revision}. Your own text is below, as a draft.")
    return pages.go("editor.update", post_id=post_id)


def lost(post: Head, form: PostForm, error: Conflict, *, by: User) -> Lost:
    """Return who saved meanwhile, and the questions of the merge with the answers that were sent."""
    seen = form.seen.data if form.over.data is None else form.over.data
    words = form.content
    race = merging.race(post, title=words["title"], tags=words["tags"], body=words["body"], seen=seen)
    latest = race.latest
    myself = latest.editor.public_id == by.public_id
    theirs = "What I saved in the other tab" if myself else f"{latest.editor.name}’s"
    sides: dict[str, Any] = {"from": max(error.seen, 0), "to": latest.number}
    return Lost(
        by=latest.editor,
        at=latest.saved_at,
        latest=latest.number,
        changes_url=url_for("compare.compare", post_id=post.id, **sides),
        myself=myself,
        chooser=None if race.together is None else _chooser(race.together, theirs=theirs),
    )


def with_whom(post: Head, revision: Revision, *, by: User) -> MergedWith | None:
    """Return whose change was merged into what `by` saved just now, None if it is no merge of theirs."""
    merges = revision.is_latest and revision.kind == Kind.MERGED and revision.source_revision is not None
    if not merges or revision.editor.public_id != by.public_id:
        return None
    found = timeline.entries(post, {revision.source_revision or 0})
    return next((MergedWith(by=other.editor, revision=other.number) for other in found if other.gone is None), None)


def _chooser(together: Reconciled, *, theirs: str) -> Chooser:
    given = conflicts.answers()
    errors = dict.fromkeys(together.unanswered(given), UNANSWERED) if given else {}
    return Chooser(together.questions, Sides(ours="Mine", theirs=theirs), answers=given, errors=errors)
