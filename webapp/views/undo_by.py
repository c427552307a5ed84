"""All later edits of one person undone: first what that would do to the latest text, then the doing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request

from webapp.errors import Conflict, Invalid
from webapp.forms import conflicts
from webapp.forms.conflicts import Chooser, Sides
from webapp.forms.post import new_save_id
from webapp.forms.undo import UndoForm
from webapp.history import compare as comparing
from webapp.history import head, undo_by
from webapp.history.head import Head
from webapp.history.undo_by import Run
from webapp.operations import undo_by as operation
from webapp.pure import words
from webapp.pure.reconcile import Answer
from webapp.pure.roles import Ability
from webapp.views import access, arguments, notices, pages
from webapp.views.editor import saved_answer
from webapp.views.errors import status_of

blueprint = Blueprint("undo_by", __name__)

ADDRESS = "/<int:post_id>/undo-by"


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be chosen about a run of revisions."""

    run: Run
    chooser: Chooser


@blueprint.get(ADDRESS)
@access.needs(Ability.EDIT)
def preview(post_id: int) -> Response:
    """Show what undoing the edits of `?person=` from revision `?since=N` on would do, and what is to be chosen."""
    return _page(head.of(post_id, by=access.require_me()))


@blueprint.post(ADDRESS)
@access.needs(Ability.EDIT)
def person(post_id: int) -> Response:
    """Save the latest text without them as the newest revision."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    form = UndoForm.sent()
    note, answers = form.note.data or "", conflicts.answers()
    try:
        saved = operation.person(
            post,
            request.args.get("person", ""),
            since=_since(),
            answers=answers,
            seen=form.seen_of(post),
            by=user,
            note=note,
            save_id=form.save_id.data or None,
        )
    except (Invalid, Conflict) as error:
        return _page(head.of(post_id, by=user), answers=answers, note=note, refused=error)
    notice = notices.undoable(f"Undone as #{saved.revision}.", saved)
    return saved_answer(saved, previously_live=post.live_revision, block="restored", notice=notice)


def _since() -> int:
    return max(arguments.number("since", default=1), 1)


def _page(
    post: Head,
    *,
    answers: Mapping[str, Answer] | None = None,
    note: str = "",
    refused: Invalid | Conflict | None = None,
) -> Response:
    undoing = undo_by.of(post, request.args.get("person", ""), since=_since(), answers=answers)
    errors = refused.fields if isinstance(refused, Invalid) else {}
    asked = [
        Asked(
            clash.run,
            Chooser(
                clash.questions,
                Sides(ours="As it is", theirs=f"As it was before revision {clash.run.first}"),
                answers=answers or {},
                errors=errors,
            ),
        )
        for clash in undoing.clashes
    ]
    return pages.answer(
        "undo_by/preview.html",
        status=200 if refused is None else status_of(refused),
        post=post,
        undoing=undoing,
        asked=asked,
        change=words.change(undoing.onto.body, undoing.writing.body),
        pair=comparing.between(undoing.onto, undoing.writing),
        refused=refused,
        note=note,
        save_id=new_save_id(),
    )
