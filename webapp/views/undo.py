"""One edit in the middle undone: first what that would do to the latest text, then the doing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response

from webapp.errors import Conflict, Invalid
from webapp.forms import conflicts
from webapp.forms.conflicts import Chooser, Sides
from webapp.forms.post import new_save_id
from webapp.forms.undo import UndoForm
from webapp.history import compare as comparing
from webapp.history import head, undo, undo_by
from webapp.history import preview as previewing
from webapp.history.compare import Pair
from webapp.history.head import Head
from webapp.history.undo import Undoing
from webapp.operations import undo as undoing_operation
from webapp.pure import words
from webapp.pure.reconcile import Answer, Choice
from webapp.pure.roles import Ability
from webapp.pure.words import WordChange
from webapp.views import access, errors, notices, pages
from webapp.views.editor import saved_answer
from webapp.views.errors import status_of

blueprint = Blueprint("undo", __name__)

ADDRESS = "/<int:post_id>/undo/<int(signed=True):number>"


@dataclass(frozen=True, slots=True)
class Effect:
    """What it changes in the latest; where there is a choice to be made, that is left as it is."""

    words: WordChange
    pair: Pair


@blueprint.get(ADDRESS)
@access.needs(Ability.EDIT)
def preview(post_id: int, number: int) -> Response:
    """Show what undoing the revision would do to the latest, with a choice wherever later edits touched it."""
    post = head.of(post_id, by=access.require_me())
    return _page(post, undo.of(post, number))


@blueprint.post(ADDRESS)
@access.needs(Ability.EDIT)
def revision(post_id: int, number: int) -> Response:
    """Save the latest text without that edit as the newest revision."""
    user = access.require_me()
    post = head.of(post_id, by=user)
    form = UndoForm.sent()
    answers = conflicts.answers()
    try:
        saved = undoing_operation.revision(
            post,
            number,
            answers=answers,
            seen=form.seen_of(post),
            by=user,
            note=form.note.data or "",
            save_id=form.save_id.data or None,
        )
    except (Invalid, Conflict) as error:
        if pages.wants_fragment():
            return errors.refusal(error, title="Not undone")
        post = head.of(post_id, by=user)
        return _page(post, undo.of(post, number), answers=answers, note=form.note.data or "", refused=error)
    notice = notices.undoable(f"Undid #{previewing.number_of(post, number)} as #{saved.revision}.", saved)
    return saved_answer(saved, previously_live=post.live_revision, block="restored", notice=notice)


def _page(
    post: Head,
    undoing: Undoing,
    *,
    answers: Mapping[str, Answer] | None = None,
    note: str = "",
    refused: Invalid | Conflict | None = None,
) -> Response:
    questions = undoing.together.questions
    chooser = Chooser(
        questions,
        Sides(ours="As it is now", theirs=f"As it was before revision {undoing.undone.number}"),
        answers=answers or {},
        errors=refused.fields if isinstance(refused, Invalid) else {},
    )
    return pages.answer(
        "undo/preview.html",
        status=200 if refused is None else status_of(refused),
        post=post,
        undoing=undoing,
        chooser=chooser,
        effect=_effect(undoing),
        more=undo_by.count(post, undoing.undone.editor, since=undoing.undone.number + 1),
        refused=refused,
        note=note,
        save_id=new_save_id(),
    )


def _effect(undoing: Undoing) -> Effect:
    as_it_is = {question.key: Answer(Choice.OURS) for question in undoing.together.questions}
    after = undoing.together.writing(as_it_is)
    return Effect(
        words=words.change(undoing.onto.body, after.body),
        pair=comparing.between(undoing.onto, after),
    )
