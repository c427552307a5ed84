"""What stands in the form's place when one looks: its text rendered, or what changed; the form itself stays."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from webapp.errors import Gone, Missing
from webapp.forms.post import PostForm, Showing, words_of
from webapp.history import compare as comparing
from webapp.history import drafts, head, preview
from webapp.history.compare import Pair, Way
from webapp.history.head import Head
from webapp.history.preview import Revision
from webapp.pure import markdown
from webapp.pure.content import Writing
from webapp.pure.markdown import Document
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages

blueprint = Blueprint("tabs", __name__)

EDIT, RENDERED, CHANGES = "edit", "rendered", "changes"
VIEWS = (EDIT, RENDERED, CHANGES)
WAYS: dict[Way, str] = {"inline": "Inline", "split": "Side by side", "rendered": "Rendered"}
"""Ways to show changes, and what their links say."""
LATEST, PREVIOUS, DRAFT = "latest", "previous", "draft"
FIRST = "This is the first revision: there is none before it."
PLACE = ("revision", "draft", "state", "author", "mine", "labelled")
"""The arguments of an address of the editor that say what fills the form, and the timeline beside it."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the tabs lead; the last two take what was typed, by POST."""

    edit: str
    rendered: str
    changes: str
    typed_rendered: str
    typed_changes: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What is looked at, and how. `typed` says that it is what stands in the form, which no address can name."""

    view: str
    typed: bool = False
    title: str = ""
    document: Document | None = None
    way: Way = "inline"
    other: str = LATEST
    pair: Pair | None = None
    unsaved: str = "what you typed"
    """What the side is called that is no revision."""
    has_draft: bool = False
    """Whether it can be compared with one's own draft, and that is not what is looked at."""
    missing: str = ""
    """Why there is nothing to compare with."""

    @property
    def values(self) -> dict[str, str]:
        """What an address needs to keep this view for another revision, as names and values."""
        if self.view != CHANGES:
            return {"view": self.view}
        return {"view": CHANGES, "as": self.way} | ({} if self.other == LATEST else {"with": self.other})

    @property
    def kept(self) -> str:
        """The same as a query."""
        return urlencode(self.values)


@blueprint.post("/<int:post_id>/rendered")
@access.needs(Ability.EDIT)
def rendered(post_id: int) -> Response:
    """Show what was typed as its readers would see it; writes nothing."""
    post = head.of(post_id, by=access.require_me())
    form = PostForm.sent()
    panel = _rendered(words_of(form), typed=True)
    return typed_answer(post, form, panel, page="tabs/rendered.html")


def typed_answer(post: Head, form: PostForm, panel: Panel, *, page: str, **context: Any) -> Response:
    """Answer with a panel of what was typed, or without a script with a `page` that holds the form's fields."""
    if pages.wants_fragment():
        return _answer(post, panel)
    return pages.answer(page, post=post, form=form, panel=panel, **context)


def answer(post: Head, panel: Panel | None) -> Response:
    """Answer with the panel alone, whose address is that of the page with it."""
    response = _answer(post, panel)
    asked = {name: value for name, value in request.args.items() if name != "part"}
    response.headers["HX-Push-Url"] = f"{request.script_root}{request.path}{'?' if asked else ''}{urlencode(asked)}"
    return response


def _answer(post: Head, panel: Panel | None) -> Response:
    return pages.fragment("tabs/answer.html", "answer", post=post, panel=panel, **around(post))


def around(post: Head) -> dict[str, Any]:
    """Return what the tabs are drawn with: their addresses, which go on filling the form with what fills it now."""
    place = {name: request.args[name] for name in PLACE if name in request.args}
    here, root = urlencode(place), url_for("posts.read", post_id=post.id)  # once: it takes 20 µs
    start = f"{root}/update?{here}&" if here else f"{root}/update?"
    addresses = Addresses(
        edit=start[:-1],
        rendered=f"{start}view={RENDERED}",
        changes=f"{start}view={CHANGES}",
        typed_rendered=f"{root}/rendered?{here}",
        typed_changes=f"{root}/compare?to=form&{here}",
    )
    return {"place": place, "addresses": addresses, "ways": WAYS}


def edits() -> bool:
    """Return whether the address asks for the workspace with the form, and for nothing else. Raises Missing."""
    return arguments.choice("view", VIEWS) == EDIT and "part" not in request.args


def panel(post: Head, revision: Revision, form: PostForm | Showing) -> Panel | None:
    """Return what the address asks for instead of the form, which was filled from `revision`. None: the form.

    Raises Missing.
    """
    view = arguments.choice("view", VIEWS)
    if view == EDIT:
        return None
    writing = words_of(form)
    if view == RENDERED:
        return _rendered(writing)
    is_draft = form.state.data is not None
    return _changes(post, revision, writing, offers=not is_draft and _has_draft(post))


def _has_draft(post: Head) -> bool:
    return drafts.newest(post.id, by=access.require_me()) is not None


def _rendered(writing: Writing, *, typed: bool = False) -> Panel:
    return Panel(RENDERED, typed=typed, title=writing.title, document=markdown.document(writing.body))


def _changes(post: Head, revision: Revision, writing: Writing, *, offers: bool) -> Panel:
    """Return the changes of what the form is filled with, against the latest or what `?with=` says.

    `offers`: one's own draft is another choice.
    """
    way = arguments.choice("as", WAYS)
    if request.args.get("with") == DRAFT:
        return _with_draft(post, revision, way)
    saved = writing == Writing(title=revision.title, tags=revision.tags, body=revision.body)
    other = request.args.get("with") or (PREVIOUS if saved and revision.is_latest else LATEST)
    if other == PREVIOUS and revision.number == 0 and saved:
        return Panel(CHANGES, way=way, other=other, has_draft=offers, missing=FIRST)
    try:
        against = preview.at(post, _number(other, revision, saved=saved))
    except Gone as error:
        return Panel(CHANGES, way=way, other=other, has_draft=offers, missing=str(error))
    old, new = (revision, against) if saved and against.number > revision.number else (against, revision)
    pair = comparing.between(old, new if saved else writing, way=way, opened=arguments.span("open"))
    return Panel(CHANGES, way=way, other=other, pair=pair, has_draft=offers)


def _with_draft(post: Head, revision: Revision, way: Way) -> Panel:
    """Return the changes from a revision to one's own draft, which lies on the server."""
    found = drafts.newest(post.id, by=access.require_me())
    if found is None:
        return Panel(CHANGES, way=way, other=DRAFT, missing="You have no draft of this post.")
    state = drafts.at(found.id, by=access.require_me())
    now = comparing.typed(title=state.title, tags=state.tags, body=state.body)
    pair = comparing.between(revision, now, way=way, opened=arguments.span("open"))
    return Panel(CHANGES, way=way, other=DRAFT, pair=pair, unsaved="your draft", has_draft=True)


def _number(other: str, revision: Revision, *, saved: bool) -> int:
    """Return the number of the revision that `other` means. Raises Missing."""
    if other == LATEST:
        return -1
    if other == PREVIOUS:
        return revision.number - saved
    if not other.isdecimal() or not other.isascii() or len(other) > 9:
        raise Missing(f"“{other[:20]}” is no revision to compare with.")
    return int(other)
