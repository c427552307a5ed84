"""The list of posts, a post as its readers see it, and a new one."""

from flask import Blueprint, Response, request

from webapp.errors import Invalid
from webapp.forms.post import PostForm, empty
from webapp.history import desk, reading
from webapp.models import Post
from webapp.operations import posts, publication
from webapp.pure.roles import Ability
from webapp.views import access, arguments, pages
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
    """Show an empty form."""
    return pages.answer("posts/create.html", form=empty())


@blueprint.post("/create")
@access.needs(Ability.CREATE)
def save_new() -> Response:
    """Save the first revision of a new post."""
    user = access.require_me()
    form = PostForm.sent()
    try:
        saved = posts.write(None, **form.content, seen=None, by=user, save_id=form.save_id.data or None)
    except Invalid as error:
        form.refuse(error)
        return pages.answer("posts/create.html", status=status_of(error), form=form)
    if request.form.get("action") == "publish":
        publication.publish(Post.get(saved.post_id), revision=saved.revision, by=user)
    return pages.go("editor.update", post_id=saved.post_id)
