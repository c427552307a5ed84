"""The list of posts, a post as its readers see it, and a new one."""

from typing import Any

from flask import Blueprint, Response, request

from webapp.errors import Invalid, Missing
from webapp.forms.post import PostForm, Showing, empty, resuming
from webapp.history import desk, reading
from webapp.history import drafts as drafting
from webapp.models import Post
from webapp.operations import drafts, posts, publication
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages, writing
from webapp.views.drafts import instead as drafted_instead
from webapp.views.drafts import sender
from webapp.views.errors import status_of

blueprint = Blueprint("posts", __name__)


@blueprint.get("/")
@access.public
def index() -> Response:
    """List the posts that one may see: searched by `?q=`, filtered by `?tag=` and `?author=`, a `?page=` at a time."""
    user = access.me()
    q, tag, author = (request.args.get(name, "").strip() for name in ("q", "tag", "author"))
    return pages.answer(
        "posts/index.html",
        page=desk.posts(by=user, q=q, tag=tag, author=author, number=arguments.number("page", default=1)),
        tags=desk.tags(by=user),
        authors=desk.authors(by=user),
        q=q,
        tag=tag,
        author=author,
        drafts=() if user is None else drafting.open_ones(by=user),
    )


@blueprint.get("/<int:post_id>")
@access.public
def read(post_id: int) -> Response:
    """Show the published text; editors get the latest, or `?revision=N`."""
    wanted = arguments.number("revision", default=-1) if "revision" in request.args else None
    shown = reading.of(post_id, by=access.me(), revision=wanted)
    return pages.answer("posts/read.html", reading=shown, may_edit=shown.may_edit)


@blueprint.get("/create")
@access.needs(Ability.CREATE)
def create() -> Response:
    """Show an empty form, or with `?draft=ID&state=N` one's own draft of a new post in it."""
    user = access.require_me()
    state = None
    if "draft" in request.args:
        state = drafting.at(arguments.number("draft"), arguments.number("state", default=-1), by=user)
        if state.draft.post_id is not None:
            raise Missing
    form = empty() if state is None else resuming(state, latest=None)
    return _new(form, draft=state, mine=drafting.of_post(None, by=user))


@blueprint.post("/create")
@access.signed_in
def save_new() -> Response:
    """Save the first revision of a new post; of whoever lost the right to it meanwhile the text is kept as a draft."""
    user = access.require_me()
    form = PostForm.sent()
    if not user.may(Ability.CREATE):
        return drafted_instead(None, form, Missing())
    try:
        saved = posts.write(
            None,
            **form.content,
            seen=None,
            by=user,
            save_id=form.save_id.data or None,
            then=lambda saved: drafts.end(sender=sender(form), saved=saved, by=user),
        )
    except Invalid as error:
        form.refuse(error)
        return _new(form, status=status_of(error), draft=None, mine=())
    if request.form.get("action") == "publish":
        publication.publish(Post.get(saved.post_id), revision=saved.revision, by=user)
    return pages.go("editor.update", post_id=saved.post_id)


def _new(form: PostForm | Showing, *, status: int = 200, **context: Any) -> Response:
    aids = writing.aids(str(form.body.data or ""), by=access.require_me())
    return pages.answer("posts/create.html", status=status, form=form, **aids, **context)
